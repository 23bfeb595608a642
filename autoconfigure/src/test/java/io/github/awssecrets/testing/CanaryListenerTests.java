package io.github.awssecrets.testing;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceLoader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherConstants;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CanaryListener}. Each runs leaking tests in a session of its own,
 * whose output goes nowhere and whose findings go to a temporary directory.
 */
class CanaryListenerTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(classes = { LeakingCases.StandardOutput.class, LeakingCases.StandardError.class,
			LeakingCases.Logger.class, LeakingCases.LoggerWithOutputCapture.class, LeakingCases.ExceptionMessage.class,
			LeakingCases.ReportEntry.class, LeakingCases.ReportFile.class })
	void testWhenLeaksIsFoundInEachForm(Class<?> testClass) {
		List<String> findings = run(testClass).findings();
		assertThat(findings).hasSameSizeAs(Leak.values());
		Iterator<String> finding = findings.iterator();
		for (Leak leak : Leak.values()) {
			assertThat(finding.next()).contains(" (" + testClass.getName() + "#leaks), offset ")
				.contains(", " + leak.form() + ": ");
		}
		assertThat(CanaryScanner.scan("findings", findings.toString())).isEmpty();
	}

	@Test
	void testWhenCleanLeavesNoFindings() {
		assertThat(run(LeakingCases.Clean.class).findings()).isEmpty();
	}

	@Test
	void testClassesAreNotedAsWatched() {
		String testClass = LeakingCases.Clean.class.getName();
		assertThat(run(LeakingCases.Clean.class).watched()).containsExactly(testClass, testClass + "$Inner",
				testClass + "$Skipped");
	}

	@Test
	void streamsArePutBackWhenSessionEnds() {
		PrintStream out = System.out;
		PrintStream err = System.err;
		run(LeakingCases.Clean.class);
		assertThat(System.out).isSameAs(out);
		assertThat(System.err).isSameAs(err);
	}

	@Test
	void thisSessionIsWatched() {
		assertThat(ServiceLoader.load(TestExecutionListener.class)).hasAtLeastOneElementOfType(CanaryListener.class);
		CanaryLog log = CanaryLog.ofModule(Path.of(System.getProperty("basedir", "")));
		assertThat(log.watched()).contains(getClass().getName());
		assertThat(System.out).isInstanceOf(CanaryTee.class);
		assertThat(System.err).isInstanceOf(CanaryTee.class);
	}

	private CanaryLog run(Class<?> testClass) {
		CanaryLog log = new CanaryLog(this.directory.resolve("canary"));
		LauncherConfig config = LauncherConfig.builder()
			.enableLauncherSessionListenerAutoRegistration(false)
			.enableTestExecutionListenerAutoRegistration(false)
			.addTestExecutionListeners(new CanaryListener(log))
			.build();
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
			.selectors(DiscoverySelectors.selectClass(testClass))
			.configurationParameter(LauncherConstants.OUTPUT_DIR_PROPERTY_NAME, this.directory.toString())
			.build();
		PrintStream out = System.out;
		PrintStream err = System.err;
		try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, Charset.defaultCharset())) {
			System.setOut(nowhere);
			System.setErr(nowhere);
			LauncherFactory.create(config).execute(request);
		}
		finally {
			System.setOut(out);
			System.setErr(err);
		}
		return log;
	}

}
