package io.github.awssecrets.retrieval;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

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

	private final Supplier<List<String>> loggers;

	private final AtomicBoolean warned = new AtomicBoolean();

	/**
	 * Create an instance for the clients on the class path, which are looked for at the
	 * first check.
	 */
	WireLogs() {
		this.loggers = SingletonSupplier.of(WireLogs::ofClients);
	}

	/**
	 * Create an instance.
	 * @param loggers the names of the loggers
	 */
	WireLogs(List<String> loggers) {
		this.loggers = () -> loggers;
	}

	private static List<String> ofClients() {
		return CLIENTS.entrySet()
			.stream()
			.filter((client) -> ClassUtils.isPresent(client.getValue(), WireLogs.class.getClassLoader()))
			.map(Map.Entry::getKey)
			.toList();
	}

	/**
	 * Warn if there are such loggers, unless that was done before.
	 */
	void check() {
		if (this.warned.get()) {
			return;
		}
		List<String> enabled = this.loggers.get()
			.stream()
			.filter((name) -> LogFactory.getLog(name).isDebugEnabled())
			.toList();
		if (!enabled.isEmpty() && this.warned.compareAndSet(false, true)) {
			logger.warn(("Values of secrets will be logged by %s, which write what AWS answers at DEBUG. "
					+ "Set the level of these loggers to INFO.")
				.formatted(String.join(", ", enabled)));
		}
	}

}
