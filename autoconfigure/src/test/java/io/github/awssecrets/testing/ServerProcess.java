package io.github.awssecrets.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

import org.springframework.util.FileSystemUtils;

/**
 * A server as a process of its own, with a directory of its own, which both end with it.
 * It listens on a free port of the loopback interface.
 */
public final class ServerProcess implements AutoCloseable {

	private static final Duration STARTUP_TIMEOUT = Duration.ofSeconds(60);

	private static final int TERMINATION_SECONDS = 15;

	/** Where programs of servers are that users do not have on their path. */
	private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/local/sbin");

	private final Process process;

	private final Path directory;

	private ServerProcess(Process process, Path directory) {
		this.process = process;
		this.directory = directory;
	}

	/**
	 * Find the program of a server, or skip the tests that need it. Prints which, as the
	 * contract suite does.
	 * @param name what to call the server
	 * @param program the program
	 * @param versionOption the option that has it print its version, or {@code null}
	 * @return the program
	 */
	public static Path findOrSkip(String name, String program, @Nullable String versionOption) {
		Optional<Path> found = find(program);
		if (found.isEmpty()) {
			String missing = "%s: not run, no %s on PATH".formatted(name, program);
			System.out.println(missing);
			Assumptions.abort(missing);
		}
		Path path = found.orElseThrow();
		System.out.println(name + ": " + ((versionOption != null) ? version(path, versionOption) : path));
		return path;
	}

	static Optional<Path> find(String program) {
		String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
		return Stream.concat(Arrays.stream(path.split(File.pathSeparator)), FOLDERS.stream())
			.map((folder) -> Path.of(folder, program))
			.filter(Files::isExecutable)
			.findFirst();
	}

	private static String version(Path program, String option) {
		return run(Map.of(), program.toString(), option).lines().findFirst().orElse("?");
	}

	/**
	 * Run a program to its end.
	 * @param environment environment variables to add
	 * @param command the command
	 * @return what it wrote
	 * @throws IllegalStateException if it fails; shows no argument
	 */
	public static String run(Map<String, String> environment, String... command) {
		try {
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
			builder.environment().putAll(environment);
			Process process = builder.start();
			process.getOutputStream().close();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (process.waitFor() != 0) {
				throw new IllegalStateException("%s failed: %s".formatted(command[0], output));
			}
			return output;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return a port that nobody listens on.
	 * @return the port
	 */
	public static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Start a server, and wait until it takes connections.
	 * @param directory its directory, deleted when it ends
	 * @param port the port that it will listen on
	 * @param environment environment variables to add
	 * @param command the command
	 * @return the server
	 * @throws IOException if there is no such program
	 */
	public static ServerProcess start(Path directory, int port, Map<String, String> environment, String... command)
			throws IOException {
		Path log = directory.resolve("server.log");
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile());
		builder.environment().putAll(environment);
		ServerProcess server = new ServerProcess(builder.start(), directory);
		try {
			Awaitility.await()
				.atMost(STARTUP_TIMEOUT)
				.pollInterval(Duration.ofMillis(20))
				.until(() -> !server.process.isAlive() || listens(port));
			if (server.process.isAlive()) {
				return server;
			}
			throw new TimeoutException("It ended");
		}
		catch (ConditionTimeoutException | TimeoutException ex) {
			String output = Files.readString(log);
			server.close();
			throw new IllegalStateException("%s did not start: %s".formatted(command[0], output), ex);
		}
	}

	private static boolean listens(int port) {
		try {
			new Socket(InetAddress.getLoopbackAddress(), port).close();
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public void close() throws IOException {
		List<ProcessHandle> all = Stream.concat(Stream.of(this.process.toHandle()), this.process.descendants())
			.toList();
		this.process.destroy();
		try {
			if (!this.process.waitFor(TERMINATION_SECONDS, TimeUnit.SECONDS)) {
				all.forEach(ProcessHandle::destroyForcibly);
				this.process.waitFor();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		FileSystemUtils.deleteRecursively(this.directory);
	}

}
