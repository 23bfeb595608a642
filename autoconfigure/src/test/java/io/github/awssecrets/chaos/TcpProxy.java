package io.github.awssecrets.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy between a client and a server on the loopback address, which disturbs the bytes
 * on their way back. The mode of a connection is the one in which it was accepted. Ends
 * all connections and threads when closed.
 */
final class TcpProxy implements AutoCloseable {

	private static final Duration JOIN = Duration.ofSeconds(5);

	private final ServerSocket listening;

	private final int target;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

	private final AtomicInteger accepted = new AtomicInteger();

	private final CountDownLatch closed = new CountDownLatch(1);

	private volatile Mode mode = Mode.PASS;

	private TcpProxy(ServerSocket listening, int target) {
		this.listening = listening;
		this.target = target;
	}

	/**
	 * Start a proxy.
	 * @param target the port of the server
	 * @return the proxy
	 */
	static TcpProxy to(int target) throws IOException {
		ServerSocket listening = new ServerSocket();
		listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		TcpProxy proxy = new TcpProxy(listening, target);
		proxy.start(proxy::accept);
		return proxy;
	}

	URI endpoint() {
		return URI.create("http://127.0.0.1:" + this.listening.getLocalPort());
	}

	/**
	 * Say what happens to the connections that are made from now on; those that are open
	 * are ended.
	 */
	void mode(Mode mode) {
		this.mode = mode;
		this.sockets.forEach(TcpProxy::close);
	}

	/**
	 * Return the number of connections so far.
	 */
	int accepted() {
		return this.accepted.get();
	}

	private void start(Runnable work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			finally {
				this.threads.remove(Thread.currentThread());
			}
		}, "tcp-proxy");
		thread.setDaemon(true);
		this.threads.add(thread);
		thread.start();
	}

	private void accept() {
		while (!this.listening.isClosed()) {
			try {
				Socket client = this.listening.accept();
				this.accepted.incrementAndGet();
				open(client, this.mode);
			}
			catch (IOException ex) {
				// Closed, or the next one
			}
		}
	}

	private void open(Socket client, Mode mode) throws IOException {
		this.sockets.add(client);
		if (mode == Mode.BLACK_HOLE) {
			start(() -> swallow(client));
			return;
		}
		if (mode == Mode.RESET) {
			client.setSoLinger(true, 0);
			close(client);
			return;
		}
		Socket server = new Socket(InetAddress.getLoopbackAddress(), this.target);
		this.sockets.add(server);
		start(() -> pump(client, server, Mode.PASS));
		start(() -> pump(server, client, mode));
	}

	private void swallow(Socket socket) {
		try (InputStream in = socket.getInputStream()) {
			in.transferTo(OutputStream.nullOutputStream());
		}
		catch (IOException ex) {
			// Over
		}
	}

	private void pump(Socket from, Socket to, Mode mode) {
		try {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			byte[] buffer = new byte[8192];
			for (int length = in.read(buffer); length != -1; length = in.read(buffer)) {
				if (mode == Mode.HALF_OPEN) {
					out.write(buffer, 0, length / 2);
					out.flush();
					to.shutdownOutput();
					return;
				}
				forward(out, buffer, length, mode);
			}
			to.shutdownOutput();
		}
		catch (IOException | InterruptedException ex) {
			close(from);
			close(to);
		}
	}

	private void forward(OutputStream out, byte[] buffer, int length, Mode mode)
			throws IOException, InterruptedException {
		if (mode != Mode.TRICKLE) {
			pause((mode == Mode.DELAY) ? Duration.ofMillis(200) : Duration.ZERO);
			out.write(buffer, 0, length);
			out.flush();
			return;
		}
		for (int i = 0; i < length; i++) {
			out.write(buffer, i, 1);
			out.flush();
			pause(Duration.ofSeconds(1));
		}
	}

	private void pause(Duration duration) throws InterruptedException {
		if (!duration.isZero() && this.closed.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
			throw new InterruptedException();
		}
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// It is of no use any more
		}
	}

	@Override
	public void close() {
		this.closed.countDown();
		try {
			this.listening.close();
		}
		catch (IOException ex) {
			// It is closed all the same
		}
		this.sockets.forEach(TcpProxy::close);
		for (Thread thread : this.threads) {
			try {
				thread.join(JOIN.toMillis());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * Return the number of threads that are alive.
	 */
	int threads() {
		return this.threads.size();
	}

	/**
	 * What happens to the bytes of a connection.
	 */
	enum Mode {

		/** They pass. */
		PASS,

		/** They come 200 ms late. */
		DELAY,

		/** They come one by one, each second one. */
		TRICKLE,

		/** The connection is reset. */
		RESET,

		/** Half of the answer comes, and then its end, while the other way stays open. */
		HALF_OPEN,

		/** Nothing ever comes, and the connection stays open. */
		BLACK_HOLE

	}

}
