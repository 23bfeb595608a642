package io.github.awssecrets.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * The HTTP side of the server, on the loopback address. A call has a thread of its own
 * for as long as it is open, because it may be held back; all threads are daemons. Once
 * closed, it has no thread and no connection.
 * <p>
 * The JDK's server reads two settings from system properties, once per JVM: without the
 * first, every answer waits for the client's delayed acknowledgement; with the default of
 * the second, it closes connections in the pool of a busy client. They are set here,
 * unless somebody set them before; it has no effect if something else in the JVM used the
 * JDK's server earlier.
 */
final class HttpTransport implements AutoCloseable {

	private static final Logger logger = System.getLogger(HttpTransport.class.getPackageName());

	private static final int MAXIMUM_BODY = 1024 * 1024;

	private static final int BACKLOG = 1024;

	private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

	static {
		setIfAbsent("sun.net.httpserver.nodelay", "true");
		setIfAbsent("sun.net.httpserver.maxIdleConnections", "2000");
	}

	private final HttpServer server;

	private final ExecutorService executor;

	private final ServerThreads threads;

	private HttpTransport(HttpServer server, ExecutorService executor, ServerThreads threads) {
		this.server = server;
		this.executor = executor;
		this.threads = threads;
	}

	private static void setIfAbsent(String property, String value) {
		if (System.getProperty(property) == null) {
			System.setProperty(property, value);
		}
	}

	// Binds the port and starts to serve. Throws PortInUseException if the port is taken
	// /.
	static HttpTransport start(int port, Dispatcher dispatcher) {
		HttpServer server = bind(port);
		ServerThreads threads = new ServerThreads(Integer.toString(server.getAddress().getPort()));
		ExecutorService executor = Executors.newCachedThreadPool(threads);
		server.setExecutor(executor);
		server.createContext("/", (exchange) -> handle(exchange, dispatcher));
		startAsDaemon(server, threads);
		return new HttpTransport(server, executor, threads);
	}

	private static HttpServer bind(int port) {
		try {
			return HttpServer.create(new InetSocketAddress(loopback(), port), BACKLOG);
		}
		catch (BindException ex) {
			throw new PortInUseException(port);
		}
		catch (IOException ex) {
			throw new IllegalStateException("The embedded Secrets Manager can't listen on port " + port, ex);
		}
	}

	// Always IPv4, so that the address in the endpoint needs no brackets.
	private static InetAddress loopback() throws UnknownHostException {
		return InetAddress.getByAddress("localhost", new byte[] { 127, 0, 0, 1 });
	}

	// The JDK's server starts its own thread, which inherits being a daemon.
	private static void startAsDaemon(HttpServer server, ServerThreads threads) {
		Thread starter = threads.newThread(server::start);
		starter.start();
		try {
			starter.join();
		}
		catch (InterruptedException ex) {
			server.stop(0);
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while starting the embedded Secrets Manager", ex);
		}
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.executor.shutdownNow();
		try {
			if (!this.threads.join(CLOSE_LIMIT)) {
				logger.log(Level.WARNING, "A call did not end in time after the server was closed");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void handle(HttpExchange exchange, Dispatcher dispatcher) throws IOException {
		try (exchange) {
			send(exchange, reply(exchange, dispatcher));
		}
	}

	private static Reply reply(HttpExchange exchange, Dispatcher dispatcher) throws IOException {
		byte[] body = exchange.getRequestBody().readNBytes(MAXIMUM_BODY + 1);
		if (body.length > MAXIMUM_BODY) {
			return Reply.error(new ApiException(413, "RequestEntityTooLargeException", "The request is too large."));
		}
		if (!exchange.getRequestMethod().equals("POST") || !exchange.getRequestURI().getPath().equals("/")) {
			return Reply.error(new ApiException(404, "UnknownOperationException",
					"The embedded Secrets Manager answers POST requests to / only."));
		}
		try {
			return dispatcher.dispatch(exchange.getRequestHeaders().getFirst("X-Amz-Target"),
					exchange.getRequestHeaders().getFirst("Authorization"), body);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Reply.closed();
		}
		catch (RuntimeException ex) {
			// Neither the message nor the request are logged: they may hold a value
			logger.log(Level.ERROR, "Internal error: {0} at {1}", ex.getClass().getName(), ex.getStackTrace()[0]);
			return Reply.error(ApiException.internal());
		}
	}

	private static void send(HttpExchange exchange, Reply reply) throws IOException {
		if (reply.delivery() == Reply.Delivery.NONE) {
			return;
		}
		byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", reply.contentType());
		exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
		exchange.sendResponseHeaders(reply.status(), (body.length > 0) ? body.length : -1);
		if (body.length > 0) {
			OutputStream output = exchange.getResponseBody();
			output.write(body, 0, (reply.delivery() == Reply.Delivery.HALF) ? body.length / 2 : body.length);
			output.flush();
		}
	}

}
