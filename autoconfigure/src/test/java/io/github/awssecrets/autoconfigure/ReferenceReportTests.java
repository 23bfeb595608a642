package io.github.awssecrets.autoconfigure;

import java.util.List;
import java.util.stream.IntStream;

import io.github.awssecrets.env.AskedSecret;
import io.github.awssecrets.env.ReferenceProblem;
import io.github.awssecrets.env.UnresolvedReferenceException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a report on very many references can be read.
 */
class ReferenceReportTests {

	@Test
	void descriptionWhenCauseHasManyReferencesShowsTen() {
		ReferenceReport report = report(10_000, 1);
		assertThat(report.description().lines()).hasSize(24)
			.startsWith("10000 secret references could not be resolved (1 secret, Region eu-west-1):", "",
					"1. app.key-0  in application.yml", "   $<secret:prod/0.key>")
			.endsWith("   app.key-9  in application.yml", "   $<secret:prod/0.key>", "   and 9990 more",
					"   No secret 'prod/0' in eu-west-1.");
		assertThat(report.action().lines()).containsExactly("1. Create prod/0.");
	}

	@Test
	void descriptionWhenThereAreManyCausesShowsFifty() {
		ReferenceReport report = report(10_000, 1_000);
		assertThat(report.description().lines()).hasSizeLessThan(1_300)
			.startsWith("10000 secret references could not be resolved (1000 secrets, Region eu-west-1):")
			.contains("50. app.key-49  in application.yml")
			.doesNotContain("51. app.key-50  in application.yml")
			.endsWith("", "And 9500 more, for other reasons.");
		assertThat(report.action().lines()).hasSize(50).endsWith("50. Create prod/49.");
	}

	private static ReferenceReport report(int references, int secrets) {
		List<ReferenceProblem> problems = IntStream.range(0, references).mapToObj((i) -> {
			String secret = "prod/" + i % secrets;
			return new ReferenceProblem("app.key-" + i, "application.yml", "$<secret:%s.key>".formatted(secret),
					new AskedSecret(secret, "eu-west-1", null), "No secret '%s' in eu-west-1.".formatted(secret),
					"Create %s.".formatted(secret));
		}).toList();
		UnresolvedReferenceException exception = new UnresolvedReferenceException(problems);
		return new ReferenceReport(exception, exception);
	}

}
