package io.github.awssecrets.retrieval;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * The SDK's URL-connection client, which closes its connections when it is closed. Of
 * itself that client closes nothing: requests under way go on, and the JDK keeps idle
 * connections for some seconds. Here closing aborts what is under way, and then takes
 * each idle connection out of the JDK's cache, by a request that breaks off before
 * anything is sent. Safe for use by many threads.
 */
final class ClosingHttpClient implements SdkHttpClient {

	/** The default number of idle connections that the JDK keeps to one server. */
	private static final int DEFAULT_MAXIMUM_IDLE = 5;

	/** How long the JDK keeps an idle connection if the server does not say. */
	private static final Duration KEPT = Duration.ofSeconds(5);

	private final SdkHttpClient delegate;

	private final int maximumIdle = Integer.getInteger("http.maxConnections", DEFAULT_MAXIMUM_IDLE);

	private final Set<ExecutableHttpRequest> underWay = ConcurrentHashMap.newKeySet();

	private final AtomicInteger idle = new AtomicInteger();

	private volatile @Nullable SdkHttpRequest latest;

	private volatile long latestEnd;

	private ClosingHttpClient(SdkHttpClient delegate) {
		this.delegate = delegate;
	}

	@Override
	public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
		this.latest = request.httpRequest();
		return new Request(this.delegate.prepareRequest(request));
	}

	@Override
	public String clientName() {
		return this.delegate.clientName();
	}

	@Override
	public void close() {
		this.underWay.forEach(ExecutableHttpRequest::abort);
		closeIdle();
		this.delegate.close();
	}

	private void closeIdle() {
		SdkHttpRequest request = this.latest;
		boolean kept = System.nanoTime() - this.latestEnd < KEPT.toNanos();
		for (int i = this.idle.get(); request != null && kept && i > 0; i--) {
			closeIdle(request);
		}
	}

	/**
	 * Take an idle connection, and break off. Without a length the JDK would not send
	 * anything before it has the whole body.
	 * @param request the request to break off
	 */
	private void closeIdle(SdkHttpRequest request) {
		ExecutableHttpRequest executable = this.delegate.prepareRequest(HttpExecuteRequest.builder()
			.request(request.copy((builder) -> builder.removeHeader("Content-Length")))
			.contentStreamProvider(() -> {
				throw new IllegalStateException("The client is closed");
			})
			.build());
		try {
			executable.call();
		}
		catch (IOException | IllegalStateException ex) {
			executable.abort();
		}
	}

	/**
	 * A request that is under way until its answer has been read.
	 */
	private final class Request implements ExecutableHttpRequest {

		private final ExecutableHttpRequest delegate;

		private volatile boolean reading;

		private volatile boolean aborted;

		Request(ExecutableHttpRequest delegate) {
			this.delegate = delegate;
		}

		@Override
		public HttpExecuteResponse call() throws IOException {
			ClosingHttpClient.this.underWay.add(this);
			ClosingHttpClient.this.idle.updateAndGet((idle) -> Math.max(0, idle - 1));
			try {
				return watch(this.delegate.call());
			}
			catch (IOException | RuntimeException ex) {
				// An interrupt while the request is being sent leaves the connection open
				this.delegate.abort();
				ClosingHttpClient.this.underWay.remove(this);
				throw ex;
			}
		}

		private HttpExecuteResponse watch(HttpExecuteResponse response) {
			AbortableInputStream body = response.responseBody().orElse(null);
			if (body == null) {
				end();
				return response;
			}
			this.reading = true;
			return HttpExecuteResponse.builder()
				.response(response.httpResponse())
				.responseBody(AbortableInputStream.create(watch(body), this))
				.build();
		}

		private InputStream watch(InputStream body) {
			return new FilterInputStream(body) {

				@Override
				public int read() throws IOException {
					requireNotAborted();
					return super.read();
				}

				@Override
				public int read(byte[] bytes, int offset, int length) throws IOException {
					requireNotAborted();
					return super.read(bytes, offset, length);
				}

				@Override
				public void close() throws IOException {
					end();
					super.close();
				}

			};
		}

		private void requireNotAborted() throws IOException {
			if (this.aborted) {
				throw new IOException("The request was aborted");
			}
		}

		private void end() {
			if (ClosingHttpClient.this.underWay.remove(this)) {
				ClosingHttpClient.this.latestEnd = System.nanoTime();
				ClosingHttpClient.this.idle
					.updateAndGet((idle) -> Math.min(ClosingHttpClient.this.maximumIdle, idle + 1));
			}
		}

		@Override
		public void abort() {
			this.aborted = true;
			if (!this.reading) {
				this.delegate.abort();
			}
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
