package io.github.awssecrets.retrieval;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server on the loopback address that talks as a test wants it to, and knows when a
 * client has closed its connection.
 */
final class RawServer implements AutoCloseable {

	private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: (\\d+)\r\n");

	private final ServerSocket listener;

	private final Conversation conversation;

	private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

	private final Semaphore accepted = new Semaphore(0);

	private final Semaphore closedByClient = new Semaphore(0);

	private RawServer(Conversation conversation) throws IOException {
		this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.conversation = conversation;
	}

	static RawServer start(Conversation conversation) throws IOException {
		RawServer server = new RawServer(conversation);
		daemon(server::accept);
		return server;
	}

	private static void daemon(Runnable runnable) {
		Thread thread = new Thread(runnable, "raw-server");
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.listener.accept();
				this.sockets.add(socket);
				this.accepted.release();
				daemon(() -> converse(socket));
			}
		}
		catch (IOException ex) {
			// Closed
		}
	}

	private void converse(Socket socket) {
		try (socket) {
			while (readRequest(socket.getInputStream()) != null) {
				this.conversation.answer(socket.getOutputStream());
			}
			this.closedByClient.release();
		}
		catch (IOException ex) {
			this.closedByClient.release();
		}
	}

	private static String readRequest(InputStream input) throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
			int read = input.read();
			if (read == -1) {
				return null;
			}
			head.write(read);
		}
		String text = head.toString(StandardCharsets.ISO_8859_1);
		Matcher length = LENGTH.matcher(text);
		input.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
		return text;
	}

	static void write(OutputStream output, String contentType, int length, String body) throws IOException {
		String head = "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n".formatted(contentType,
				length);
		output.write((head + body).getBytes(StandardCharsets.UTF_8));
		output.flush();
	}

	URI endpoint() {
		return URI.create("http://127.0.0.1:" + this.listener.getLocalPort());
	}

	boolean awaitAccepted(int count) throws InterruptedException {
		return this.accepted.tryAcquire(count, 20, TimeUnit.SECONDS);
	}

	/**
	 * Wait until clients have closed connections.
	 * @param count the number of connections
	 * @param millis how long to wait
	 * @return whether they have
	 */
	boolean awaitClosedByClient(int count, long millis) throws InterruptedException {
		return this.closedByClient.tryAcquire(count, millis, TimeUnit.MILLISECONDS);
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

	/**
	 * What the server says to a request.
	 */
	@FunctionalInterface
	interface Conversation {

		void answer(OutputStream output) throws IOException;

	}

}
