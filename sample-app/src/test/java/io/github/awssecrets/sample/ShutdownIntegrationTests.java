package io.github.awssecrets.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Integration tests that end {@link SampleApplication} as a process of its own.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There is no SIGTERM on Windows")
class ShutdownIntegrationTests {

	private static final Pattern ADDRESS = Pattern
		.compile("(?:PostgreSQL|Secrets Manager) at \\D*127\\.0\\.0\\.1:(\\d+)");

	@TempDir
	private Path temporary;

	@Test
	void terminateWhenRunningEndsBothServersAndDeletesTheirFiles() throws Exception {
		Process process = start();
		try (BufferedReader output = process.inputReader()) {
			List<String> started = readUntil(output, "Open http://localhost:");
			List<Integer> ports = ports(started);
			assertThat(ports).as("%s", started).hasSize(2);
			process.toHandle().destroy();
			assertThat(output.lines()).noneMatch((line) -> line.contains("ERROR"));
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(ports).allSatisfy(this::assertNobodyListens);
			assertThat(dataDirectories()).isEmpty();
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Test
	void terminateWhenDatabaseIsStartingEndsIt() throws Exception {
		Process process = start("--logging.level.io.zonky.test=info");
		try (BufferedReader output = process.inputReader()) {
			readUntil(output, "postmaster started as");
			process.toHandle().destroy();
			List<Integer> ports = ports(output.lines().toList());
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(ports).allSatisfy(this::assertNobodyListens);
			assertThat(dataDirectories()).isEmpty();
		}
		finally {
			process.destroyForcibly();
		}
	}

	private Process start(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
						"-Djava.io.tmpdir=" + this.temporary, "-cp", System.getProperty("java.class.path"),
						SampleApplication.class.getName(), "--server.port=0"));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).redirectErrorStream(true).start();
	}

	private List<String> readUntil(BufferedReader output, String text) throws IOException {
		List<String> lines = new ArrayList<>();
		String line = output.readLine();
		while (line != null) {
			lines.add(line);
			if (line.contains(text)) {
				return lines;
			}
			line = output.readLine();
		}
		throw new AssertionError("Ended without '" + text + "': " + lines);
	}

	private List<Integer> ports(List<String> lines) {
		return lines.stream()
			.map(ADDRESS::matcher)
			.filter(Matcher::find)
			.map((matcher) -> Integer.valueOf(matcher.group(1)))
			.toList();
	}

	private void assertNobodyListens(int port) {
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close());
	}

	private List<Path> dataDirectories() throws IOException {
		try (Stream<Path> files = Files.list(this.temporary.resolve("embedded-pg"))) {
			return files.filter((file) -> file.getFileName().toString().startsWith("orders")).toList();
		}
	}

}
