package io.github.awssecrets.testing;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CanaryScanner} on the output of a process.
 */
class CanaryScannerIntegrationTests {

	@Test
	void scanWhenProcessPrintsLeakFindsIt() throws IOException {
		String java = ProcessHandle.current().info().command().orElseThrow();
		Process process = new ProcessBuilder(java, "-D" + Leak.PLAIN.text(), "-XshowSettings:properties", "-version")
			.redirectErrorStream(true)
			.start();
		assertThat(CanaryScanner.scan("output of the process", process.getInputStream())).isNotEmpty();
	}

}
