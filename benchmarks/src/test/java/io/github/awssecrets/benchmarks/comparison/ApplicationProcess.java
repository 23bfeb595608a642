package io.github.awssecrets.benchmarks.comparison;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.awssecrets.benchmarks.application.Report;
import org.jspecify.annotations.Nullable;

import org.springframework.util.FileSystemUtils;

/**
 * A process of the measured application, and what it has reported. Ended when closed.
 */
final class ApplicationProcess implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofMinutes(10);

	private static final Duration EXIT_LIMIT = Duration.ofMinutes(2);

	private static final int REMEMBERED = 40;

	private final List<Line> lines = new ArrayList<>();

	private final Deque<String> output = new ArrayDeque<>();

	private final Process process;

	private final Path directory;

	private final long startedMicros;

	private boolean ended;

	private ApplicationProcess(Path directory, List<String> command) throws IOException {
		this.directory = directory;
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
		// What a developer has set for AWS or Spring must not take part
		builder.environment().keySet().removeIf((name) -> name.startsWith("AWS_") || name.startsWith("SPRING_"));
		this.startedMicros = Report.now();
		this.process = builder.start();
		Thread reader = new Thread(this::read, "measured-application");
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Start an application.
	 * @param variant the variant
	 * @param secrets the number of secrets
	 * @param server the server that has them
	 * @param jvm the JVM
	 * @param polling the time between polls
	 * @return the application, which is not ready yet
	 */
	static ApplicationProcess start(Variant variant, int secrets, MeasuredServer server, Jvm jvm, Duration polling) {
		try {
			Path directory = Files.createTempDirectory("measured");
			Files.writeString(directory.resolve("application.yml"), variant.yaml(secrets));
			List<String> all = new ArrayList<>(variant.arguments(server.endpoint(), server.region(), polling));
			all.addAll(List.of("--spring.main.web-application-type=none", "--spring.main.banner-mode=off",
					"--logging.level.root=warn"));
			return new ApplicationProcess(directory, jvm.command(variant, all));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void read() {
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8))) {
			for (String text = reader.readLine(); text != null; text = reader.readLine()) {
				add(text);
			}
		}
		catch (IOException ex) {
			add(ex.toString());
		}
		synchronized (this) {
			this.ended = true;
			notifyAll();
		}
	}

	private synchronized void add(String text) {
		Line line = Line.parse(text);
		if (line != null) {
			this.lines.add(line);
			notifyAll();
			return;
		}
		this.output.addLast(text);
		if (this.output.size() > REMEMBERED) {
			this.output.removeFirst();
		}
	}

	/**
	 * Wait for reports.
	 * @param report the kind of report
	 * @param count how many there must be since the start or since they were forgotten
	 * @return the reports of this kind
	 */
	synchronized List<Line> await(Report report, int count) {
		long deadline = System.nanoTime() + LIMIT.toNanos();
		List<Line> found = lines(report);
		while (found.size() < count) {
			long remaining = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
			if (this.ended || remaining <= 0) {
				throw new IllegalStateException("%d of %d lines '%s' after %s. The application wrote:%n%s".formatted(
						found.size(), count, report, this.ended ? "its end" : LIMIT,
						String.join(System.lineSeparator(), this.output)));
			}
			try {
				wait(remaining);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(ex);
			}
			found = lines(report);
		}
		return found;
	}

	/**
	 * Return the reports of a kind.
	 * @param report the kind of report
	 * @return the reports since the start, or since they were forgotten
	 */
	synchronized List<Line> lines(Report report) {
		return this.lines.stream().filter((line) -> line.report() == report).toList();
	}

	/**
	 * Forget what was reported so far.
	 */
	synchronized void forgetLines() {
		this.lines.clear();
	}

	/**
	 * Ask for the heap.
	 * @return the report
	 */
	Line heap() {
		try {
			this.process.getOutputStream().write('\n');
			this.process.getOutputStream().flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return await(Report.HEAP, 1).get(0);
	}

	/**
	 * Return when the process was started.
	 * @return microseconds since 1970
	 */
	long startedMicros() {
		return this.startedMicros;
	}

	@Override
	public void close() {
		try {
			this.process.getOutputStream().close();
			if (!this.process.waitFor(EXIT_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
				this.process.destroyForcibly().waitFor();
			}
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * A report of the application.
	 *
	 * @param report its kind
	 * @param micros when it was made, in microseconds since 1970
	 * @param numbers its numbers
	 */
	record Line(Report report, long micros, List<Long> numbers) {

		static @Nullable Line parse(String text) {
			if (!text.startsWith(Report.PREFIX)) {
				return null;
			}
			String[] words = text.substring(Report.PREFIX.length()).split(" ", -1);
			return new Line(Report.valueOf(words[0]), Long.parseLong(words[1]),
					Arrays.stream(words).skip(2).map(Long::valueOf).toList());
		}

	}

}
