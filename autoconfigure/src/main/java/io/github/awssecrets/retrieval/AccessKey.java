package io.github.awssecrets.retrieval;

/**
 * An access key, for an emulator that has its own. Never shows the secret key.
 *
 * @param id the id of the key
 * @param secret what requests are signed with
 */
public record AccessKey(String id, String secret) {

	@Override
	public String toString() {
		return "AccessKey[" + this.id + "]";
	}

}
