package io.github.awssecrets.embedded;

import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong with calls: what, with which calls, and how often. Immutable;
 * each method returns another fault. It takes effect when {@linkplain Faults#add added}
 * to a server:
 *
 * <pre class="code">
 * server.faults().add(Fault.throttled().onOperation("GetSecretValue").forSecret("prod/db").times(3));
 * </pre>
 *
 * Without limits a fault hits every call of every operation until it is removed.
 */
public final class Fault {

	private final FaultEffect effect;

	private final Set<String> operations;

	private final @Nullable String secretId;

	private final int times;

	private Fault(FaultEffect effect) {
		this(effect, Set.of(), null, Integer.MAX_VALUE);
	}

	private Fault(FaultEffect effect, Set<String> operations, @Nullable String secretId, int times) {
		this.effect = effect;
		this.operations = operations;
		this.secretId = secretId;
		this.times = times;
	}

	/**
	 * {@code ThrottlingException}, "Rate exceeded".
	 * @return the fault
	 */
	public static Fault throttled() {
		return failure((operation, secretId) -> ApiException.throttling(), false);
	}

	/**
	 * {@code InternalServiceError}, with status 500.
	 * @return the fault
	 */
	public static Fault internalError() {
		return failure((operation, secretId) -> ApiException.internal(), false);
	}

	/**
	 * A page of HTML with status 503, as a proxy or load balancer sends it.
	 * @return the fault
	 */
	public static Fault unavailable() {
		return new Fault(FaultEffect.Transport.UNAVAILABLE);
	}

	/**
	 * {@code AccessDeniedException}, with AWS's text. With {@link #forSecret}, a
	 * BatchGetSecretValue reports it for that secret alone, as a missing permission for
	 * GetSecretValue.
	 * @return the fault
	 */
	public static Fault denied() {
		return failure(AccessControl::denied, true);
	}

	/**
	 * {@code DecryptionFailure}, as of a KMS key that is disabled or may not be used.
	 * With {@link #forSecret}, a BatchGetSecretValue reports it for that secret alone.
	 * @return the fault
	 */
	public static Fault decryptionFailure() {
		return failure((operation, secretId) -> ApiException.decryptionFailure(), true);
	}

	/**
	 * Any error of the service, with status 400. With {@link #forSecret}, a
	 * BatchGetSecretValue reports it for that secret alone.
	 * @param code the code, such as {@code InvalidRequestException}
	 * @param message the message
	 * @return the fault
	 */
	public static Fault error(String code, String message) {
		return failure((operation, secretId) -> new ApiException(400, code, message), true);
	}

	/**
	 * Any error of the service, for the whole call.
	 * @param status the HTTP status, 400 to 599
	 * @param code the code, such as {@code ServiceUnavailable}
	 * @param message the message
	 * @return the fault
	 */
	public static Fault error(int status, String code, String message) {
		if (status < 400 || status > 599) {
			throw new IllegalArgumentException("Not the status of an error: " + status);
		}
		return failure((operation, secretId) -> new ApiException(status, code, message), false);
	}

	/**
	 * Latency before the call goes on; several of them add up.
	 * @param duration how long
	 * @return the fault
	 */
	public static Fault delayed(Duration duration) {
		return new Fault(new FaultEffect.Delay(duration));
	}

	/**
	 * No answer until the fault is removed, when the call goes on, or the server closed,
	 * when its connection is.
	 * @return the fault
	 */
	public static Fault hanging() {
		return new Fault(new FaultEffect.Hang());
	}

	/**
	 * The connection is closed without an answer, and nothing is carried out. Clients
	 * report a reset or an unexpected end of the stream.
	 * @return the fault
	 */
	public static Fault connectionClosed() {
		return new Fault(FaultEffect.Transport.CLOSED);
	}

	/**
	 * The call is carried out, but the connection is closed after half of the answer's
	 * body.
	 * @return the fault
	 */
	public static Fault truncatedBody() {
		return new Fault(FaultEffect.Transport.TRUNCATED);
	}

	/**
	 * The call is carried out, but the answer's body lacks its last character and is not
	 * JSON.
	 * @return the fault
	 */
	public static Fault malformedBody() {
		return new Fault(FaultEffect.Transport.MALFORMED);
	}

	/**
	 * The call is carried out, but the answer is a status 200 with an empty body.
	 * @return the fault
	 */
	public static Fault emptyBody() {
		return new Fault(FaultEffect.Transport.EMPTY);
	}

	private static Fault failure(FaultEffect.ErrorSource error, boolean perSecret) {
		return new Fault(new FaultEffect.Failure(error, perSecret));
	}

	/**
	 * Limits the fault to some operations. A secret retrieved by BatchGetSecretValue is
	 * not a call of GetSecretValue.
	 * @param names the names, such as {@code GetSecretValue}
	 * @return the limited fault
	 */
	public Fault onOperation(String... names) {
		return new Fault(this.effect, Set.of(names), this.secretId, this.times);
	}

	/**
	 * Limits the fault to calls that name a secret, in any spelling.
	 * @param id the secret's name or ARN; it need not exist
	 * @return the limited fault
	 */
	public Fault forSecret(String id) {
		return new Fault(this.effect, this.operations, id, this.times);
	}

	/**
	 * Limits how often the fault hits.
	 * @param count how often, 1 or more
	 * @return the limited fault
	 */
	public Fault times(int count) {
		if (count < 1) {
			throw new IllegalArgumentException("A fault must hit once or more, not " + count + " times");
		}
		return new Fault(this.effect, this.operations, this.secretId, count);
	}

	FaultEffect effect() {
		return this.effect;
	}

	@Nullable String secretId() {
		return this.secretId;
	}

	int times() {
		return this.times;
	}

	boolean isOnOperation(String operation) {
		return this.operations.isEmpty() || this.operations.contains(operation);
	}

	// Whether BatchGetSecretValue reports it for a single secret.
	boolean isPerSecret() {
		return this.secretId != null && this.effect instanceof FaultEffect.Failure failure && failure.perSecret();
	}

}
