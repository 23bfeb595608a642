package io.github.awssecrets.ssl;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

import org.awaitility.Awaitility;

/**
 * A server and clients that connect to it all the time, each with an SSL context that was
 * made once: threads that make a connection, exchange a line, and close it; and
 * connections that stay open. Server and client want to see each other's certificate.
 */
final class TlsLoad implements AutoCloseable {

	private static final int THREADS = 4;

	private static final int OPEN = 2;

	private static final int TIMEOUT = 10_000;

	private static final Duration PAUSE = Duration.ofMillis(10);

	private final Set<String> openSerials = ConcurrentHashMap.newKeySet();

	private final AtomicInteger open = new AtomicInteger();

	final AtomicInteger connections = new AtomicInteger();

	final AtomicInteger exchanges = new AtomicInteger();

	final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private final SSLContext client;

	private final SSLServerSocket listener;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final CountDownLatch stop = new CountDownLatch(1);

	TlsLoad(SSLContext server, SSLContext client) throws IOException {
		this.client = client;
		this.listener = (SSLServerSocket) server.getServerSocketFactory()
			.createServerSocket(0, 0, InetAddress.getLoopbackAddress());
		this.listener.setNeedClientAuth(true);
		this.threads.execute(this::listen);
		for (int i = 0; i < THREADS; i++) {
			this.threads.execute(this::connectAgainAndAgain);
		}
		for (int i = 0; i < OPEN; i++) {
			this.threads.execute(this::stayConnected);
		}
	}

	private void listen() {
		while (isRunning()) {
			try {
				Socket socket = this.listener.accept();
				this.threads.execute(() -> serve((SSLSocket) socket));
			}
			catch (IOException ex) {
				// Closed
			}
		}
	}

	private void serve(SSLSocket socket) {
		try (socket) {
			BufferedReader in = reader(socket);
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				write(socket, serial(socket.getSession()));
			}
		}
		catch (IOException ex) {
			// The client will tell
		}
	}

	private void connectAgainAndAgain() {
		while (isRunning()) {
			try (SSLSocket socket = connect()) {
				exchange(socket, reader(socket));
				this.connections.incrementAndGet();
			}
			catch (IOException ex) {
				this.failures.add("new connection: " + ex);
			}
			pause();
		}
	}

	private void stayConnected() {
		try (SSLSocket socket = connect()) {
			BufferedReader in = reader(socket);
			this.open.incrementAndGet();
			while (isRunning()) {
				this.openSerials.add(exchange(socket, in).get(0));
				pause();
			}
		}
		catch (IOException ex) {
			this.failures.add("open connection: " + ex);
		}
	}

	private SSLSocket connect() throws IOException {
		SSLSocket socket = (SSLSocket) this.client.getSocketFactory()
			.createSocket(InetAddress.getLoopbackAddress(), this.listener.getLocalPort());
		socket.setSoTimeout(TIMEOUT);
		SSLParameters parameters = socket.getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		socket.setSSLParameters(parameters);
		socket.startHandshake();
		return socket;
	}

	private List<String> exchange(SSLSocket socket, BufferedReader in) throws IOException {
		write(socket, "Hello");
		String seen = in.readLine();
		if (seen == null) {
			throw new IOException("The server closed the connection");
		}
		this.exchanges.incrementAndGet();
		return List.of(serial(socket.getSession()), seen);
	}

	private boolean isRunning() {
		return this.stop.getCount() > 0;
	}

	private void pause() {
		try {
			this.stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static String serial(SSLSession session) throws IOException {
		return ((X509Certificate) session.getPeerCertificates()[0]).getSerialNumber().toString(16);
	}

	private static BufferedReader reader(SSLSocket socket) throws IOException {
		return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
	}

	private static void write(SSLSocket socket, String line) throws IOException {
		socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Let some connections be made, after those that stay open.
	 */
	void passConnections() {
		int enough = this.connections.get() + 2 * THREADS;
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(10))
			.until(() -> (this.connections.get() >= enough && this.open.get() == OPEN) || !this.failures.isEmpty());
	}

	/**
	 * Make a connection.
	 * @return the serial numbers of the server's certificate and of the client's, each as
	 * the other one sees it
	 */
	List<String> connectOnce() throws IOException {
		try (SSLSocket socket = connect()) {
			return exchange(socket, reader(socket));
		}
	}

	/**
	 * Return the serial numbers that connections which stay open see of the server.
	 */
	Set<String> openSerials() {
		return this.openSerials;
	}

	List<String> failures() {
		return List.copyOf(this.failures);
	}

	@Override
	public void close() throws IOException {
		this.stop.countDown();
		this.threads.shutdown();
		this.listener.close();
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(this.threads::isTerminated);
	}

}
