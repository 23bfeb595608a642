package io.github.awssecrets.retrieval;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * What carries calls in place of a network, for {@link VirtualRetrieval}.
 */
@FunctionalInterface
public interface WireTransport {

	/**
	 * Answer a call.
	 * @param call the call
	 * @return the answer
	 * @throws IOException if there is none, because the connection failed
	 */
	WireAnswer answer(WireCall call) throws IOException;

	/**
	 * A call of AWS Secrets Manager.
	 *
	 * @param operation the operation, such as {@code GetSecretValue}
	 * @param ids the secrets that it asks for
	 * @param stage the version stage, or empty
	 * @param timeout the time that the client waits for the answer
	 */
	record WireCall(String operation, List<String> ids, String stage, Duration timeout) {

		public WireCall {
			ids = List.copyOf(ids);
		}

	}

	/**
	 * An answer, as it goes over the wire.
	 *
	 * @param status the HTTP status
	 * @param type the content type
	 * @param body the body
	 * @param latency the time that it takes; more than the client waits means that it
	 * does not arrive
	 */
	// Bytes that are sent, and never compared
	@SuppressWarnings("ArrayRecordComponent")
	record WireAnswer(int status, String type, byte[] body, Duration latency) {

		/**
		 * Return an answer in the service's own protocol.
		 * @param status the HTTP status
		 * @param body the text of the body
		 * @param latency the time that it takes
		 * @return the answer
		 */
		public static WireAnswer json(int status, String body, Duration latency) {
			return new WireAnswer(status, "application/x-amz-json-1.1", body.getBytes(StandardCharsets.UTF_8), latency);
		}

	}

}
