package io.github.awssecrets.retrieval;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.util.ClassUtils;

/**
 * Warns, once, of loggers that write what an HTTP client of the AWS SDK receives: values
 * of secrets. Levels may be changed at run time, so it is asked at each retrieval. The
 * default client writes no values, whatever the level.
 */
final class WireLogs {

	private static final Log logger = LogFactory.getLog(WireLogs.class);

	private static final Map<String, String> CLIENTS = new TreeMap<>(Map.of("org.apache.http.wire",
			"software.amazon.awssdk.http.apache.ApacheHttpClient", "org.apache.hc.client5.http.wire",
			"software.amazon.awssdk.http.apache5.Apache5HttpClient", "io.netty.handler.logging.LoggingHandler",
			"software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient"));

	private final Predicate<String> present;

	private final AtomicBoolean warned = new AtomicBoolean();

	/**
	 * Create an instance for the clients on the class path.
	 */
	WireLogs() {
		this((client) -> ClassUtils.isPresent(client, WireLogs.class.getClassLoader()));
	}

	/**
	 * Create an instance.
	 * @param present says whether the class of a client is on the class path; asked only
	 * if its logger is on, as looking for a class takes long
	 */
	WireLogs(Predicate<String> present) {
		this.present = present;
	}

	/**
	 * Warn if there are such loggers, unless that was done before.
	 */
	void check() {
		if (this.warned.get()) {
			return;
		}
		List<String> enabled = CLIENTS.entrySet()
			.stream()
			.filter((client) -> LogFactory.getLog(client.getKey()).isDebugEnabled())
			.filter((client) -> this.present.test(client.getValue()))
			.map(Map.Entry::getKey)
			.toList();
		if (!enabled.isEmpty() && this.warned.compareAndSet(false, true)) {
			logger.warn(("Values of secrets will be logged by %s, which write what AWS answers at DEBUG. "
					+ "Set the level of these loggers to INFO.")
				.formatted(String.join(", ", enabled)));
		}
	}

}
