package io.github.awssecrets.adopter;

import java.nio.file.Files;
import java.nio.file.Path;

import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.CanaryScanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a slice shows no value of a secret where one does not fit its property.
 */
@ExtendWith(OutputCaptureExtension.class)
class SliceRedactionIntegrationTests {

	private static final String FILE = "shop.test.secrets";

	@Test
	void failureToBindShowsNoValue(@TempDir Path directory, CapturedOutput output) throws Exception {
		Path file = directory.resolve("secrets.yml");
		Files.writeString(file, "shop/payment: { api-key: '%s' }".formatted(Canary.value("shop/payment.api-key", 1)));
		System.setProperty(FILE, "file:" + file);
		try {
			SummaryGeneratingListener listener = new SummaryGeneratingListener();
			LauncherFactory.create()
				.execute(LauncherDiscoveryRequestBuilder.request()
					.selectors(DiscoverySelectors.selectClass(Slice.class))
					.build(), listener);
			assertThat(listener.getSummary().getTestsFailedCount()).isOne();
			Throwable failure = listener.getSummary().getFailures().get(0).getException();
			assertThat(CanaryScanner.scan("failure", failure)).isEmpty();
			assertThat(CanaryScanner.scan("output", output.getAll())).isEmpty();
			assertThat(output).contains("Property: shop.retries")
				.contains("Value: not shown, as it comes from a secret")
				.contains("Reason: it cannot be converted to int");
		}
		finally {
			System.clearProperty(FILE);
		}
	}

	@WebMvcTest(properties = { "aws.secrets.local=${" + FILE + "}", "shop.retries=$<secret:shop/payment.api-key>",
			"spring.datasource.username=", "spring.datasource.password=" })
	static class Slice {

		@Test
		void test() {
		}

	}

}
