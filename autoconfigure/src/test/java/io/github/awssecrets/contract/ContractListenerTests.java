package io.github.awssecrets.contract;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.opentest4j.TestAbortedException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ContractListener}, each with a session of JUnit of its own.
 */
class ContractListenerTests {

	@Test
	void lineCountsCasesDeviationsAndFailuresOfEachBackend() {
		assertThat(run(Skipped.class, Counted.class, Other.class))
			.isEqualTo("contract: embedded 4 cases (1 FAILED, 1 known deviation), localstack not run: no Docker\n");
	}

	@Test
	void lineWhenNothingIsSpecialHasTheCountOnly() {
		assertThat(run(Plain.class)).isEqualTo("contract: embedded 1 case\n");
	}

	@Test
	void lineWhenNoCaseRanIsMissing() {
		assertThat(run(Other.class)).isEmpty();
	}

	@Test
	void lineWhenOneOfManyIsSkippedCountsTheOthers() {
		assertThat(run(PartlySkipped.class)).isEqualTo("contract: embedded 1 case (1 SKIPPED)\n");
	}

	@Test
	void lineTellsVersionAndNamesCasesThatDiffer() {
		assertThat(run(Differing.class)).isEqualTo("contract: embedded 4.14.0 4 cases (1 known deviation, 1 ABORTED, "
				+ "2 cases differ from what was read: Secret.a Secret.b)\n");
	}

	private static String run(Class<?>... types) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
			.configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false");
		for (Class<?> type : types) {
			request.selectors(DiscoverySelectors.selectClass(type));
		}
		run(request.build(), new ContractListener(new PrintStream(out, true, StandardCharsets.UTF_8)));
		return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
	}

	private static void run(LauncherDiscoveryRequest request, ContractListener listener) {
		LauncherConfig config = LauncherConfig.builder()
			.enableTestExecutionListenerAutoRegistration(false)
			.enableLauncherSessionListenerAutoRegistration(false)
			.addTestExecutionListeners(listener)
			.build();
		Launcher launcher = LauncherFactory.create(config);
		launcher.execute(request);
	}

	@Against(Backend.EMBEDDED)
	static class Counted {

		@Test
		void passes() {
		}

		@Nested
		class Inner {

			@Test
			void passes() {
			}

			@Test
			void deviates(TestReporter reporter) {
				reporter.publishEntry(ContractExtension.DEVIATION_ENTRY, "because");
			}

			@Test
			void fails() {
				throw new AssertionError("as it has to");
			}

		}

	}

	@Against(Backend.LOCALSTACK)
	@Disabled("no Docker")
	static class Skipped {

		@Test
		void passes() {
		}

	}

	@Against(Backend.EMBEDDED)
	static class Plain {

		@Test
		void passes() {
		}

	}

	@Against(Backend.EMBEDDED)
	static class PartlySkipped {

		@Test
		void passes() {
		}

		@Test
		@Disabled("not now")
		void isSkipped() {
		}

	}

	@Against(Backend.EMBEDDED)
	@TestMethodOrder(MethodOrderer.MethodName.class)
	static class Differing {

		@BeforeAll
		static void tellVersion(TestReporter reporter) {
			reporter.publishEntry(ContractExtension.VERSION_ENTRY, "4.14.0");
		}

		@Test
		void deviates(TestReporter reporter) {
			reporter.publishEntry(ContractExtension.DEVIATION_ENTRY, "because");
		}

		@Test
		void differs(TestReporter reporter) {
			differ(reporter, "Secret.a");
		}

		@Test
		void differsToo(TestReporter reporter) {
			differ(reporter, "Secret.b");
		}

		@Test
		void isAborted() {
			throw new TestAbortedException("not now");
		}

		private void differ(TestReporter reporter, String name) {
			reporter.publishEntry(
					Map.of(ContractExtension.DIFFERENCE_ENTRY, name, ContractExtension.BASIS_ENTRY, "what was read"));
			throw new TestAbortedException("differs");
		}

	}

	static class Other {

		@Test
		void passes() {
		}

	}

}
