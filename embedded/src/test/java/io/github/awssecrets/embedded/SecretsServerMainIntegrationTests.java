package io.github.awssecrets.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SecretsServerMain}.
 */
class SecretsServerMainIntegrationTests {

	private static final String HIDDEN = "embedded-hidden-7";

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@TempDir
	private Path folder;

	@Test
	void launchServesTheSeedAndSaysWhere() throws IOException {
		Path seed = seed("{\"prod/db\":{\"password\":\"" + HIDDEN + "\"},\"prod/token\":\"" + HIDDEN + "\"}");
		SecretsServerMain.Launch launch = launch("--port", "0", "--seed", seed.toString(), "--region", "us-east-1");
		try (SecretsServer server = launch.server()) {
			assertThat(server).isNotNull();
			assertThat(server.names()).containsExactly("prod/db", "prod/token");
			assertThat(text(this.out)).isEqualToIgnoringNewLines(
					"AWS Secrets Manager for development at " + server.endpoint() + ", Region us-east-1, 2 secrets");
			assertThat(text(this.err)).isEmpty();
		}
	}

	@Test
	void launchWhenHelpIsAskedForPrintsIt() {
		SecretsServerMain.Launch launch = launch("--help");
		assertThat(launch.server()).isNull();
		assertThat(launch.exitCode()).isZero();
		assertThat(text(this.out)).contains("--port", "--seed", "--region");
	}

	@Test
	void launchWhenArgumentsAreWrongSaysSoInOneLine() {
		assertThat(launch("--what").exitCode()).isEqualTo(2);
		assertThat(text(this.err)).isEqualToIgnoringNewLines("Unknown argument '--what'; --help lists all");
	}

	@Test
	void launchWhenSeedIsMissingSaysSoInOneLine() {
		Path seed = this.folder.resolve("missing.json");
		assertThat(launch("--seed", seed.toString()).exitCode()).isEqualTo(2);
		assertThat(text(this.err)).isEqualToIgnoringNewLines(seed + ": it can't be read");
	}

	@Test
	void launchWhenSeedIsMalformedSaysWhereWithoutItsText() throws IOException {
		Path seed = seed("{\n  \"prod/db\": " + HIDDEN + "\n}");
		assertThat(launch("--seed", seed.toString()).exitCode()).isEqualTo(2);
		assertThat(text(this.err)).startsWith(seed + ", line 2, column ")
			.contains(": not valid JSON")
			.doesNotContain(HIDDEN)
			.hasLineCount(1);
	}

	@Test
	void launchWhenPortIsTakenSaysWhatToDo() throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThat(launch("--port", Integer.toString(taken.getLocalPort())).exitCode()).isEqualTo(1);
			assertThat(text(this.err)).startsWith("Port " + taken.getLocalPort() + " is already in use.")
				.hasLineCount(1);
		}
	}

	private SecretsServerMain.Launch launch(String... arguments) {
		return SecretsServerMain.launch(new PrintStream(this.out, true, StandardCharsets.UTF_8),
				new PrintStream(this.err, true, StandardCharsets.UTF_8), arguments);
	}

	private Path seed(String json) throws IOException {
		return Files.writeString(this.folder.resolve("secrets.json"), json);
	}

	private static String text(ByteArrayOutputStream stream) {
		return stream.toString(StandardCharsets.UTF_8);
	}

}
