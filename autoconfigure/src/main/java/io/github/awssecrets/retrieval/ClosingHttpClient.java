package io.github.awssecrets.retrieval;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * The SDK's URL-connection client, which keeps nothing open once it is closed. Of itself
 * that client closes nothing: the JDK keeps idle connections for several seconds, and a
 * request under way goes on. Here closing aborts what is under way, and then the latest
 * requests that are over, because to disconnect a finished
 * {@link java.net.HttpURLConnection} closes an idle connection to the same server. Safe
 * for use by many threads.
 */
final class ClosingHttpClient implements SdkHttpClient {

	/** More than the JDK keeps idle connections to one server, unless configured. */
	private static final int REMEMBERED = 16;

	private final SdkHttpClient delegate;

	private final Set<ExecutableHttpRequest> underWay = ConcurrentHashMap.newKeySet();

	private final Deque<ExecutableHttpRequest> over = new ArrayDeque<>();

	private ClosingHttpClient(SdkHttpClient delegate) {
		this.delegate = delegate;
	}

	@Override
	public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
		ExecutableHttpRequest executable = this.delegate.prepareRequest(request);
		return new ExecutableHttpRequest() {

			@Override
			public HttpExecuteResponse call() throws IOException {
				ClosingHttpClient.this.underWay.add(executable);
				try {
					return executable.call();
				}
				finally {
					remember(executable);
				}
			}

			@Override
			public void abort() {
				executable.abort();
			}

		};
	}

	private void remember(ExecutableHttpRequest request) {
		synchronized (this.over) {
			this.underWay.remove(request);
			this.over.addLast(request);
			if (this.over.size() > REMEMBERED) {
				this.over.removeFirst();
			}
		}
	}

	@Override
	public String clientName() {
		return this.delegate.clientName();
	}

	@Override
	public void close() {
		this.underWay.forEach(ExecutableHttpRequest::abort);
		List<ExecutableHttpRequest> over;
		synchronized (this.over) {
			over = List.copyOf(this.over);
			this.over.clear();
		}
		over.forEach(ExecutableHttpRequest::abort);
		this.delegate.close();
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
