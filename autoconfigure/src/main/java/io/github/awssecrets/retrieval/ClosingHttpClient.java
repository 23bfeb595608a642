package io.github.awssecrets.retrieval;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * The SDK's URL-connection client, made to leave nothing behind. Of itself that client
 * closes nothing: requests under way go on, and the JDK keeps idle connections for
 * seconds, and threads for them. Here closing aborts what is under way, and each
 * connection serves one request: retrievals are further apart than the JDK keeps a
 * connection anyway, and an aborted answer cannot be closed at once on one that is kept.
 * Safe for use by many threads.
 */
final class ClosingHttpClient implements SdkHttpClient {

	private final SdkHttpClient delegate;

	private final Set<ExecutableHttpRequest> underWay = ConcurrentHashMap.newKeySet();

	private ClosingHttpClient(SdkHttpClient delegate) {
		this.delegate = delegate;
	}

	@Override
	public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
		return new Request(this.delegate.prepareRequest(HttpExecuteRequest.builder()
			.request(request.httpRequest().copy((builder) -> builder.putHeader("Connection", "close")))
			.contentStreamProvider(request.contentStreamProvider().orElse(null))
			.build()));
	}

	@Override
	public String clientName() {
		return this.delegate.clientName();
	}

	@Override
	public void close() {
		this.underWay.forEach(ExecutableHttpRequest::abort);
		this.delegate.close();
	}

	/**
	 * A request that is under way until its answer has been read.
	 */
	private final class Request implements ExecutableHttpRequest {

		private final ExecutableHttpRequest delegate;

		Request(ExecutableHttpRequest delegate) {
			this.delegate = delegate;
		}

		@Override
		public HttpExecuteResponse call() throws IOException {
			ClosingHttpClient.this.underWay.add(this);
			boolean reading = false;
			try {
				HttpExecuteResponse response = this.delegate.call();
				AbortableInputStream body = response.responseBody().orElse(null);
				if (body == null) {
					return response;
				}
				reading = true;
				return HttpExecuteResponse.builder()
					.response(response.httpResponse())
					.responseBody(AbortableInputStream.create(watch(body), body))
					.build();
			}
			finally {
				if (!reading) {
					end();
				}
			}
		}

		private InputStream watch(InputStream body) {
			return new FilterInputStream(body) {

				@Override
				public void close() throws IOException {
					end();
					super.close();
				}

			};
		}

		private void end() {
			ClosingHttpClient.this.underWay.remove(this);
		}

		@Override
		public void abort() {
			this.delegate.abort();
		}

	}

	/**
	 * Builds the client.
	 *
	 * @param connectTimeout the longest that making a connection may take
	 * @param readTimeout the longest that the other side may be silent
	 */
	record Builder(Duration connectTimeout, Duration readTimeout) implements SdkHttpClient.Builder<Builder> {

		@Override
		public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
			return new ClosingHttpClient(UrlConnectionHttpClient.builder()
				.connectionTimeout(this.connectTimeout)
				.socketTimeout(this.readTimeout)
				.buildWithDefaults(defaults));
		}

	}

}
