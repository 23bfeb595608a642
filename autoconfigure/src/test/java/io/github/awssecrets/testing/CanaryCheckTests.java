package io.github.awssecrets.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link CanaryCheck}, on directories that look like a module after its tests.
 */
class CanaryCheckTests {

	private static final String REPORT = "target/surefire-reports/TEST-com.example.OrderTests.xml";

	@TempDir
	private Path module;

	@Test
	void checkWhenClean() throws IOException {
		watch("com.example.OrderTests");
		write(REPORT, "<testsuite/>");
		write("target/failsafe-reports/failsafe-summary.xml", "<x/>");
		assertThat(CanaryCheck.check(this.module))
			.isEqualTo("canary: 2 files, 16 bytes, 1 test classes watched, 0 findings");
	}

	@Test
	void checkWhenNoTestsRanPassesAndSaysSo() throws IOException {
		write("target/maven-status/files.lst", "x");
		assertThat(CanaryCheck.check(this.module))
			.isEqualTo("canary: 1 files, 1 bytes, 0 test classes watched, 0 findings (no tests ran)");
	}

	@Test
	void checkWhenNothingWasBuiltPasses() {
		assertThat(CanaryCheck.check(this.module)).contains("0 files").endsWith("(no tests ran)");
	}

	@ParameterizedTest
	@EnumSource
	void checkWhenReportLeaksFails(Leak leak) throws IOException {
		watch("com.example.OrderTests");
		write(REPORT, "<testsuite>\n" + leak.text() + "\n</testsuite>");
		assertThatIllegalStateException().isThrownBy(() -> CanaryCheck.check(this.module))
			.withMessageContaining("1 test classes watched, 1 findings")
			.withMessageContaining("TEST-com.example.OrderTests.xml, offset ")
			.withMessageContaining(leak.form() + ": ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.log", "target/app.log", "target/failsafe-reports/OrderIntegrationTests-output.txt",
			"target/surefire-reports/2026-11-22.dumpstream", "target/some/other/file.bin", "target/some/classes/file" })
	void checkWhenFileLeaksFails(String file) throws IOException {
		write(file, Leak.PLAIN.text());
		assertThatIllegalStateException().isThrownBy(() -> CanaryCheck.main(new String[] { this.module.toString() }))
			.withMessageContaining(Path.of(file).getFileName().toString());
	}

	@Test
	void checkWhenOtherModuleLeaksFails() throws IOException {
		write("other/target/surefire-reports/TEST-com.example.OtherTests.xml", Leak.PLAIN.text());
		String other = this.module.resolve("other").toString();
		String own = this.module.resolve("own").toString();
		assertThatIllegalStateException().isThrownBy(() -> CanaryCheck.main(new String[] { own, other }))
			.withMessageContaining("OtherTests")
			.withMessageNotContaining("Not watched");
	}

	@ParameterizedTest
	@ValueSource(strings = { "target/classes/A.class", "target/test-classes/A.class", "target/a-tests.jar",
			"target/a.jar.original" })
	void checkWhenClassHoldsMarkerPasses(String file) throws IOException {
		write(file, Leak.PLAIN.text());
		assertThat(CanaryCheck.check(this.module)).contains("0 files");
	}

	@Test
	void checkWhenListenerFoundLeakFails() throws IOException {
		watch("com.example.OrderTests");
		write(REPORT, "<testsuite/>");
		CanaryLog.ofModule(this.module).addFinding(new CanaryFinding("System.err", 3, CanaryForm.URL, "GET /?q="));
		assertThatIllegalStateException().isThrownBy(() -> CanaryCheck.check(this.module))
			.withMessage("canary: 1 files, 12 bytes, 1 test classes watched, 1 findings%n"
					+ "System.err, offset 3, URL: GET /?q=<canary value>", System.lineSeparator());
	}

	@Test
	void checkWhenTestsRanUnwatchedFails() throws IOException {
		write(REPORT, "<testsuite/>");
		assertThatIllegalStateException().isThrownBy(() -> CanaryCheck.check(this.module))
			.withMessageContaining("Not watched: com.example.OrderTests. Is the test jar");
	}

	@Test
	void checkWhenWatchedTestsLeftNoReportFails() {
		watch("com.example.OrderTests");
		assertThatIllegalStateException().isThrownBy(() -> CanaryCheck.check(this.module))
			.withMessageContaining("left no report to scan");
	}

	private void watch(String testClass) {
		CanaryLog.ofModule(this.module).addWatched(testClass);
	}

	private void write(String file, String text) throws IOException {
		Path path = this.module.resolve(file);
		Files.createDirectories(path.getParent());
		Files.writeString(path, text);
	}

}
