package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SourceUpdate}.
 */
class SourceUpdateTests {

	private static final String SOURCE = "config";

	@Test
	void reloadWhenReferencesChangeShowsNoTextAtAnyMoment() {
		try (TestContext context = new TestContext().keys("s", "a", "b")
			.source(SOURCE,
					Map.of("app.kept", "$<secret:s.a>", "app.removed", "$<secret:s.a>", "app.plain", "text",
							"app.list[0]", "$<secret:s.a>", "app.list[1]", "one", "app.to-text", "$<secret:s.b>"))
			.start()) {
			List<String> seen = observe(context, "app.kept", "app.removed", "app.plain", "app.to-text", "app.added",
					"app.other");
			reload(context,
					source(SOURCE,
							Map.of("app.kept", "$<secret:s.b>", "app.plain", "$<secret:s.b>", "app.list[0]", "two",
									"app.list[1]", "$<secret:s.b>", "app.to-text", "text")),
					source("added", Map.of("app.added", "$<secret:s.a>")), source("other", Map.of("app.other", "x")));
			assertThat(seen).hasSizeGreaterThan(20).noneMatch((text) -> text.contains("$<secret"));
			assertThat(TestContext.value("s", "b").equals(context.property("app.kept"))).isTrue();
			assertThat(TestContext.value("s", "b").equals(context.property("app.plain"))).isTrue();
			assertThat(TestContext.value("s", "a").equals(context.property("app.added"))).isTrue();
			assertThat(context.property("app.removed")).isNull();
			assertThat(context.property("app.to-text")).isEqualTo("text");
			assertThat(names(context.environment())).containsSubsequence("awsSecretsTwin-config", SOURCE,
					"awsSecretsTwin-added", "added", "other");
			assertThat(names(context.environment())).noneMatch((name) -> name.endsWith("(loaded)"));
		}
	}

	@Test
	void reloadWhenListGetsReferenceIsBoundWholeAtAnyMoment() {
		try (TestContext context = new TestContext().keys("s", "a")
			.source(SOURCE, Map.of("app.list[0]", "one", "app.list[1]", "two"))
			.start()) {
			List<List<String>> lists = new ArrayList<>();
			context.afterEachChange(
					() -> lists.add(context.binder().bind("app.list", Bindable.listOf(String.class)).get()));
			reload(context, source(SOURCE, Map.of("app.list[0]", "one", "app.list[1]", "$<secret:s.a>")));
			assertThat(lists).isNotEmpty().allMatch((list) -> list.size() == 2 && !list.get(1).contains("$<secret"));
		}
	}

	@Test
	void reloadWhenLoadingFailsChangesNothing() {
		try (TestContext context = new TestContext().keys("s", "a")
			.source(SOURCE, Map.of("app.kept", "$<secret:s.a>", "app.plain", "text"))
			.start()) {
			List<String> before = names(context.environment());
			SecretsEnvironment secrets = Objects.requireNonNull(SecretsEnvironment.find(context.environment()));
			assertThatIllegalStateException().isThrownBy(() -> secrets.reload((environment) -> {
				environment.getPropertySources().replace(SOURCE, source(SOURCE, Map.of()));
				throw new IllegalStateException("Failing on purpose");
			}));
			assertThat(names(context.environment())).isEqualTo(before);
			assertThat(context.property("app.plain")).isEqualTo("text");
			assertThat(TestContext.value("s", "a").equals(context.property("app.kept"))).isTrue();
		}
	}

	@Test
	void loadedEnvironmentHasTheProfilesOfTheOther() {
		try (TestContext context = new TestContext().keys("s", "a")
			.source(SOURCE, Map.of("app.kept", "$<secret:s.a>"))) {
			context.start();
			context.environment().setActiveProfiles("prod");
			context.environment().setDefaultProfiles("local");
			List<String> profiles = new ArrayList<>();
			Objects.requireNonNull(SecretsEnvironment.find(context.environment())).update((environment) -> {
				profiles.addAll(List.of(environment.getActiveProfiles()));
				profiles.addAll(List.of(environment.getDefaultProfiles()));
			});
			assertThat(profiles).containsExactly("prod", "local");
		}
	}

	private static List<String> observe(TestContext context, String... names) {
		List<String> seen = new ArrayList<>();
		context.afterEachChange(() -> {
			for (String name : names) {
				seen.add(String.valueOf(context.property(name)));
			}
		});
		return seen;
	}

	private static void reload(TestContext context, PropertySource<?>... sources) {
		SecretsEnvironment secrets = Objects.requireNonNull(SecretsEnvironment.find(context.environment()));
		secrets.reload((environment) -> {
			for (PropertySource<?> source : sources) {
				if (environment.getPropertySources().contains(source.getName())) {
					environment.getPropertySources().replace(source.getName(), source);
				}
				else {
					environment.getPropertySources().addLast(source);
				}
			}
		});
	}

	private static PropertySource<?> source(String name, Map<String, Object> properties) {
		return new OriginTrackedMapPropertySource(name, properties, true);
	}

	private static List<String> names(ConfigurableEnvironment environment) {
		return environment.getPropertySources().stream().map(PropertySource::getName).toList();
	}

}
