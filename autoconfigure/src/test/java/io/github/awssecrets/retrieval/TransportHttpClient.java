package io.github.awssecrets.retrieval;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.awssecrets.retrieval.WireTransport.WireAnswer;
import io.github.awssecrets.retrieval.WireTransport.WireCall;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonNodeParser;

/**
 * An HTTP client of the SDK that hands calls to a {@link WireTransport} on the calling
 * thread. Everything above HTTP is the SDK's own.
 */
final class TransportHttpClient implements SdkHttpClient {

	private static final String TARGET = "X-Amz-Target";

	private final JsonNodeParser parser = JsonNode.parser();

	@SuppressWarnings("ThreadLocalUsage")
	private final ThreadLocal<Call> calls = new ThreadLocal<>();

	/**
	 * Say who answers the next calls of this thread, and how long the client waits.
	 * @param call both, or {@code null}
	 */
	void connect(Call call) {
		this.calls.set(call);
	}

	@Override
	public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
		return new ExecutableHttpRequest() {

			@Override
			public HttpExecuteResponse call() throws IOException {
				return answer(request);
			}

			@Override
			public void abort() {
				// Nothing is under way on another thread
			}

		};
	}

	private HttpExecuteResponse answer(HttpExecuteRequest request) throws IOException {
		Call call = this.calls.get();
		String target = request.httpRequest().firstMatchingHeader(TARGET).orElseThrow();
		JsonNode body;
		try (InputStream stream = request.contentStreamProvider().orElseThrow().newStream()) {
			body = this.parser.parse(stream);
		}
		WireAnswer answer = call.transport()
			.answer(new WireCall(target.substring(target.indexOf('.') + 1), ids(body), text(body, "VersionStage"),
					call.timeout()));
		if (answer.latency().compareTo(call.timeout()) >= 0) {
			call.time().pass(call.timeout());
			throw ApiCallTimeoutException.create(call.timeout().toMillis());
		}
		call.time().pass(answer.latency());
		return HttpExecuteResponse.builder()
			.response(SdkHttpResponse.builder()
				.statusCode(answer.status())
				.putHeader("Content-Type", answer.type())
				.putHeader("x-amzn-RequestId", "00000000-0000-4000-8000-000000000000")
				.build())
			.responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
			.build();
	}

	private static List<String> ids(JsonNode body) {
		Map<String, JsonNode> members = body.asObject();
		JsonNode list = members.get("SecretIdList");
		return (list != null) ? list.asArray().stream().map(JsonNode::text).toList() : List.of(text(body, "SecretId"));
	}

	private static String text(JsonNode body, String name) {
		return body.field(name).map(JsonNode::text).orElse("");
	}

	@Override
	public void close() {
		// Nothing is open
	}

	/**
	 * What a call needs to know.
	 *
	 * @param transport what answers
	 * @param timeout the time that the client waits
	 * @param time the time that passes meanwhile
	 */
	record Call(WireTransport transport, Duration timeout, BranchingTime time) {

	}

}
