package io.github.awssecrets.refresh;

import java.util.Map;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.snapshot.SecretChange;
import io.github.awssecrets.snapshot.Snapshot;

/**
 * The versions that the application cannot use, as it said. Guarded by the monitor of the
 * {@link Watch}.
 */
final class Rejections {

	private final Watch watch;

	private final Applications applications;

	Rejections(Watch watch, Applications applications) {
		this.watch = watch;
		this.applications = applications;
	}

	/**
	 * Reject staged versions, and discard them.
	 * @param reasons why, by what references ask for
	 */
	void reject(Map<SecretSelector, String> reasons) {
		reject(reasons, this.watch.snapshots().staged(), this.watch.snapshots().current());
		this.watch.snapshots().discard(reasons.keySet());
	}

	/**
	 * Reject versions that have been promoted, and put those of before back.
	 * @param reasons why, by what references ask for
	 * @return what has not been acknowledged yet of the others; by what references ask
	 * for
	 */
	Map<SecretSelector, SecretChange> takeBack(Map<SecretSelector, String> reasons) {
		Snapshot promoted = this.watch.snapshots().current();
		Map<SecretSelector, SecretChange> others = this.applications.takeBack(reasons.keySet());
		reject(reasons, promoted, this.watch.snapshots().current());
		return others;
	}

	/**
	 * Reject the versions in a snapshot that are not the ones in use.
	 */
	private void reject(Map<SecretSelector, String> reasons, Snapshot rejected, Snapshot current) {
		reasons.forEach((selector, reason) -> {
			if (rejected.outcome(selector) instanceof SecretVersion version
					&& !version.isSameAs(current.outcome(selector))) {
				reject(selector, current, version, reason);
			}
		});
	}

	private void reject(SecretSelector selector, Snapshot current, SecretVersion version, String reason) {
		SecretMemory memory = this.watch.secrets().memory(selector, version);
		memory.refuse(version.versionId(), reason);
		TrackedSecret secret = this.watch.secrets().get(selector);
		if (secret != null) {
			secret.refused(this.watch.clock().now(), new Decision.Rejected(version, reason));
		}
		if (memory.report(version.versionId(), reason)) {
			String inUse = (current.outcome(selector) instanceof SecretVersion old) ? old.versionId() : null;
			this.watch.notices().add((listener) -> listener.rejected(selector, inUse, version.versionId(), reason));
		}
	}

}
