package io.github.awssecrets.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A secret of the {@link SimulatedAws}, with its versions and stages.
 */
final class SimulatedSecret {

	private final String name;

	private final List<Version> versions = new ArrayList<>();

	private Version current;

	private Version previous;

	private @Nullable Version pending;

	private @Nullable Version stale;

	SimulatedSecret(String name) {
		this.name = name;
		this.previous = create(Fault.ROTATED);
		this.current = create(Fault.ROTATED);
	}

	String name() {
		return this.name;
	}

	String arn() {
		return "arn:aws:secretsmanager:eu-west-1:123456789012:secret:%s-AbCdEf".formatted(this.name);
	}

	private Version create(Fault fault) {
		int number = this.versions.size() + 1;
		String id = new UUID(number, this.name.hashCode()).toString();
		Version version = new Version(id, number, fault, SecretTexts.text(this.name, number, fault));
		this.versions.add(version);
		return version;
	}

	Version rotate(Fault fault) {
		makeCurrent(create(fault));
		return this.current;
	}

	void rollBack() {
		makeCurrent(this.previous);
	}

	private void makeCurrent(Version version) {
		this.previous = this.current;
		this.current = version;
	}

	/**
	 * Begin a rotation.
	 */
	void createPending() {
		this.pending = create(Fault.ROTATED);
	}

	/**
	 * Finish a rotation that was begun.
	 */
	void finishPending() {
		if (this.pending != null) {
			makeCurrent(this.pending);
			this.pending = null;
		}
	}

	/**
	 * Let one answer come from a replica that lags behind.
	 */
	void answerStale() {
		this.stale = this.previous;
	}

	Version current() {
		return this.current;
	}

	Version previous() {
		return this.previous;
	}

	Version answer() {
		Version answer = (this.stale != null) ? this.stale : this.current;
		this.stale = null;
		return answer;
	}

	@Nullable Version version(String id) {
		return this.versions.stream().filter((version) -> version.id().equals(id)).findFirst().orElse(null);
	}

	/**
	 * A version.
	 *
	 * @param id the version id
	 * @param number the number, from 1
	 * @param fault what it is like
	 * @param text the text
	 */
	record Version(String id, int number, Fault fault, String text) {

		boolean isGood() {
			return SecretTexts.isGood(this.fault);
		}

		@Override
		public String toString() {
			return "version %d (%s)".formatted(this.number, this.fault);
		}

	}

}
