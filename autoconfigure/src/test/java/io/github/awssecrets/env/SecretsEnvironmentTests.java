package io.github.awssecrets.env;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalListener;
import io.github.awssecrets.retrieval.RetrievalReport;
import org.junit.jupiter.api.Test;

import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SecretsEnvironment}.
 */
class SecretsEnvironmentTests {

	private final TestContext context = new TestContext().keys("prod/db", "user", "password")
		.keys("prod/other", "key")
		.yaml("app.password: $<secret:prod/db.password>");

	@Test
	void sourceWhenAddedAfterTheStartIsNotTrusted() {
		SecretsEnvironment secrets = start();
		add("early", "app.early", "$<secret:prod/db.user>");
		secrets.update();
		assertThat(secrets.problems()).isEmpty();
		assertThat(TestContext.value("prod/db", "user").equals(this.context.property("app.early"))).isTrue();
		secrets.endStart();
		add("late", "app.late", "$<secret:prod/other.key>");
		secrets.update();
		assertThat(secrets.problems()).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo("app.late");
			assertThat(problem.description()).startsWith("Not trusted: references in property source 'late'");
		});
		assertThat(this.context.retrieval().asked()).containsExactly("prod/db");
	}

	@Test
	void updateLoadsSourcesAndResolvesThem() {
		SecretsEnvironment secrets = start();
		secrets.update((environment) -> environment.getPropertySources()
			.addFirst(
					new OriginTrackedMapPropertySource("loaded", Map.of("app.password", "$<secret:prod/other.key>"))));
		assertThat(TestContext.value("prod/other", "key").equals(this.context.property("app.password"))).isTrue();
		assertThat(secrets.usedSecrets()).extracting((used) -> used.selector().id().value())
			.containsExactly("prod/other");
	}

	@Test
	void listenerOfRetrievalsIsCalledAroundThem() {
		SecretsEnvironment secrets = start();
		List<RetrievalReport> reports = new ArrayList<>();
		secrets.addRetrievalListener(new RetrievalListener() {

			@Override
			public RetrievalReport aroundRetrieval(Supplier<RetrievalReport> retrieval) {
				RetrievalReport report = retrieval.get();
				reports.add(report);
				return report;
			}

		});
		SecretSelector other = SecretSelector.current(new SecretId("prod/other"));
		secrets.snapshots().outcome(other);
		assertThat(reports).singleElement().satisfies((report) -> {
			assertThat(report.outcomes()).containsOnlyKeys(other);
			assertThat(report.elapsed()).isEqualTo(Duration.ZERO);
		});
	}

	@Test
	void requiredSecretsAreThoseInUseAndThoseOfImports() {
		this.context.imported("optional:secret:prod/missing");
		assertThat(start().requiredSecrets()).extracting((selector) -> selector.id().value())
			.containsExactlyInAnyOrder("prod/db", "prod/missing");
	}

	private SecretsEnvironment start() {
		this.context.start();
		return Objects.requireNonNull(SecretsEnvironment.find(this.context.environment()));
	}

	private void add(String source, String name, String value) {
		this.context.environment().getPropertySources().addLast(new MapPropertySource(source, Map.of(name, value)));
	}

}
