package io.github.awssecrets.contract;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.awssecrets.testing.Canary;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * {@code moto_server} as a child process, on a free loopback port of its own choice,
 * which it prints when it listens. Everything that it prints is read, so that it never
 * waits for us, and must not hold a secret's value.
 */
final class MotoBackend implements RunningBackend {

	private static final String COMMAND = "moto_server";

	private static final Pattern LISTENING = Pattern.compile("Running on (http://127\\.0\\.0\\.1:\\d+)");

	private static final int SECONDS_TO_START = 60;

	private static final int SECONDS_TO_STOP = 10;

	private final Process process;

	private final ChildProcess child;

	private final String version;

	private final CompletableFuture<URI> endpoint = new CompletableFuture<>();

	private final Thread reader;

	private volatile boolean leaked;

	private MotoBackend(Process process, String version) {
		this.process = process;
		this.child = new ChildProcess(process);
		this.version = version;
		this.reader = new Thread(this::read, "moto-output");
		this.reader.setDaemon(true);
		this.reader.start();
	}

	static @Nullable String absence() {
		return (command() != null) ? null : "no " + COMMAND + " on PATH";
	}

	static MotoBackend start() {
		Path command = Path.of(String.valueOf(command()));
		return start(MotoVersion.of(command), command.toString(), "-H", "127.0.0.1", "-p", "0");
	}

	static MotoBackend start(String version, String... command) {
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.redirectErrorStream(true);
		builder.environment().put("PYTHONUNBUFFERED", "1");
		try {
			MotoBackend backend = new MotoBackend(builder.start(), version);
			backend.awaitListening();
			return backend;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static @Nullable Path command() {
		for (String directory : String.valueOf(System.getenv("PATH")).split(File.pathSeparator, -1)) {
			Path file = Path.of(directory, COMMAND);
			if (Files.isRegularFile(file) && Files.isExecutable(file)) {
				return file;
			}
		}
		return null;
	}

	private void awaitListening() {
		try {
			this.endpoint.get(SECONDS_TO_START, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			close();
			throw new TestAbortedException(String.valueOf(ex.getCause().getMessage()), ex);
		}
		catch (TimeoutException ex) {
			close();
			throw new TestAbortedException(
					COMMAND + " did not say within %d s that it listens".formatted(SECONDS_TO_START), ex);
		}
		catch (InterruptedException ex) {
			close();
			Thread.currentThread().interrupt();
			throw new IllegalStateException(COMMAND + " was not awaited", ex);
		}
	}

	private void read() {
		String last = "";
		try (BufferedReader output = this.process.inputReader(StandardCharsets.UTF_8)) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				this.leaked |= Canary.isIn(line);
				if (!this.endpoint.isDone()) {
					last = line.isBlank() ? last : line.strip();
					Matcher listening = LISTENING.matcher(line);
					if (listening.find()) {
						this.endpoint.complete(URI.create(listening.group(1)));
					}
				}
			}
		}
		catch (IOException ex) {
			// The process was ended
		}
		// The last line of a Python error says what it is
		this.endpoint.completeExceptionally(
				new IllegalStateException(COMMAND + " ended: " + (Canary.isIn(last) ? "(a secret's value)" : last)));
	}

	@Override
	public URI endpoint() {
		return this.endpoint.join();
	}

	@Override
	public String version() {
		return this.version;
	}

	@Override
	public @Nullable String unseenBasis() {
		return this.version.equals(MotoVersion.SEEN) ? null : "what was seen with moto " + MotoVersion.SEEN;
	}

	@Override
	public void close() {
		this.child.close();
		try {
			this.reader.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_STOP));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (this.leaked) {
			throw new AssertionError(COMMAND + " printed the value of a secret");
		}
	}

}
