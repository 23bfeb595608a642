package io.github.awssecrets.embedded;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A call that the server received. It holds ids and codes, never a value.
 *
 * @param operation the operation, such as {@code GetSecretValue}
 * @param region the Region that the client signed for; empty if it signed for none
 * @param secretIds the secret ids as the client wrote them; empty if it named none
 * @param outcome {@value #OK}, the error's code, or {@value #OPEN} while the call is open
 * @param start when it arrived
 * @param end when its answer was ready; {@code null} while it is open
 */
public record Call(String operation, String region, List<String> secretIds, String outcome, Instant start,
		@Nullable Instant end) {

	/**
	 * The outcome of a call that succeeded.
	 */
	public static final String OK = "OK";

	/**
	 * The outcome of a call that has not been answered yet.
	 */
	public static final String OPEN = "open";

	public Call {
		secretIds = List.copyOf(secretIds);
	}

	/**
	 * Whether the call has not been answered yet.
	 * @return {@code true} while it is open
	 */
	public boolean isOpen() {
		return this.end == null;
	}

	Call ended(String newOutcome, Instant now) {
		return new Call(this.operation, this.region, this.secretIds, newOutcome, this.start, now);
	}

}
