package io.github.awssecrets.refresh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.Proof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what is left of applications that ended, in a JVM of its own. The same check
 * finds what leaks on purpose.
 */
class RestartIntegrationTests {

	private static final int RESTARTS = Proof.RESTARTS.count();

	@Test
	@Timeout(240)
	void nothingIsLeftOfApplicationsThatEnded() throws IOException, InterruptedException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:SoftRefLRUPolicyMSPerMB=0", "-cp",
				RestartProof.classPath(), RestartProof.class.getName(), String.valueOf(RESTARTS))
			.redirectErrorStream(true)
			.start();
		try {
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
			assertThat(Canary.isIn(output)).isFalse();
			int socket = RestartProof.countsSockets() ? 1 : 0;
			assertThat(output.lines().filter((line) -> line.startsWith("leak: "))).as(output)
				.containsExactlyElementsOf(
						List.of(line("none", RESTARTS, 0, "", 0), line("thread", 1, 1, "forgotten", 0),
								line("static", 1, 1, "", 0), line("socket", 1, 0, "", socket)));
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static String line(String leak, int applications, int loaders, String threads, int sockets) {
		return "leak: %s, applications: %d, loaders left: %d, threads left: [%s], sockets left: %d".formatted(leak,
				applications, loaders, threads, sockets);
	}

}
