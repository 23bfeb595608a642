package io.github.awssecrets.embedded;

import java.time.Clock;

/**
 * Everything a server holds.
 *
 * @param clock the source of time
 * @param identifiers the source of ARNs and version ids
 * @param secrets the secrets
 * @param calls the calls received
 * @param faults what goes wrong
 * @param gates what holds calls back
 * @param accessKeys who may call
 * @param access what callers may do
 * @param rotations what rotates secrets
 * @param versionListeners who is told of versions that become current
 */
record ServerState(Clock clock, Identifiers identifiers, SecretStore secrets, CallLog calls, Faults faults, Gates gates,
		AccessKeys accessKeys, AccessControl access, Rotations rotations, VersionListeners versionListeners) {

	static ServerState create(Clock clock, Identifiers identifiers) {
		return new ServerState(clock, identifiers, new SecretStore(clock, identifiers), new CallLog(clock),
				new Faults(), new Gates(), new AccessKeys(), new AccessControl(), new Rotations(clock),
				new VersionListeners());
	}

	ApiCall call(String operation, String region, Parameters parameters) {
		return new ApiCall(operation, region, parameters, this.secrets.region(region), this.clock.instant(),
				this.access, this.faults, this.rotations);
	}

	/**
	 * Lets go of every call that is held back.
	 */
	void release() {
		this.gates.releaseAll();
		this.faults.clear();
	}

}
