package io.github.awssecrets.embedded;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The access keys that the server knows. At first it knows every key. Only key ids are
 * looked at: signatures are not verified, so any secret key will do. Safe for use by
 * several threads.
 */
public final class AccessKeys {

	private volatile State state = State.INITIAL;

	AccessKeys() {
	}

	/**
	 * Accepts these access keys and no others, which are answered with
	 * {@code UnrecognizedClientException} from now on.
	 * @param accessKeys the access key ids
	 */
	public synchronized void allowOnly(String... accessKeys) {
		this.state = new State(Set.of(accessKeys), this.state.expired());
	}

	/**
	 * Lets the session of an access key expire: it is answered with
	 * {@code ExpiredTokenException} from now on.
	 * @param accessKey the access key id
	 */
	public synchronized void expire(String accessKey) {
		Set<String> expired = new HashSet<>(this.state.expired());
		expired.add(accessKey);
		this.state = new State(this.state.allowed(), expired);
	}

	/**
	 * Accepts every access key again, expired ones included.
	 */
	public synchronized void allowAll() {
		this.state = State.INITIAL;
	}

	void check(String accessKey) {
		State current = this.state;
		if (current.expired().contains(accessKey)) {
			throw ApiException.authentication("ExpiredTokenException",
					"The security token included in the request is expired");
		}
		if (current.allowed() != null && !current.allowed().contains(accessKey)) {
			throw ApiException.authentication("UnrecognizedClientException",
					"The security token included in the request is invalid.");
		}
	}

	private record State(@Nullable Set<String> allowed, Set<String> expired) {

		private static final State INITIAL = new State(null, Set.of());

		State {
			allowed = (allowed != null) ? Set.copyOf(allowed) : null;
			expired = Set.copyOf(expired);
		}

	}

}
