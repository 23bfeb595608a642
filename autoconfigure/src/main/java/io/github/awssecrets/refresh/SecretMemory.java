package io.github.awssecrets.refresh;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the versions of one secret, under all its spellings: which were
 * in use, which were reported as rejected, and which the application refused. Of each
 * only the latest ones, since answers are stale by seconds, not by rotations.
 */
final class SecretMemory {

	static final int SIZE = 16;

	private final Map<String, String> held = new LinkedHashMap<>();

	private final Map<String, String> reported = new LinkedHashMap<>();

	private final Map<String, String> refused = new LinkedHashMap<>();

	void hold(String versionId) {
		put(this.held, versionId, versionId);
	}

	boolean wasHeld(String versionId) {
		return this.held.containsKey(versionId);
	}

	/**
	 * Note that a version was reported as rejected.
	 * @param versionId the version id
	 * @param reason the reason
	 * @return whether this is the first time
	 */
	boolean report(String versionId, String reason) {
		boolean first = !this.reported.containsKey(versionId);
		put(this.reported, versionId, reason);
		return first;
	}

	/**
	 * Note that the application refused a version, which so was never in use.
	 */
	void refuse(String versionId, String reason) {
		this.held.remove(versionId);
		put(this.refused, versionId, reason);
	}

	/**
	 * Return why the application refused a version.
	 * @param versionId the version id
	 * @return the reason, or {@code null} if it did not
	 */
	@Nullable String refusal(String versionId) {
		return this.refused.get(versionId);
	}

	void forgetRefusals() {
		this.refused.clear();
	}

	List<String> held() {
		return new ArrayList<>(this.held.keySet());
	}

	private static void put(Map<String, String> latest, String versionId, String text) {
		latest.remove(versionId);
		latest.put(versionId, text);
		if (latest.size() > SIZE) {
			Iterator<String> oldest = latest.keySet().iterator();
			oldest.next();
			oldest.remove();
		}
	}

}
