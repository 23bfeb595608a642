package io.github.awssecrets.env;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link EarlyReferences}.
 */
class EarlyReferencesTests {

	@ParameterizedTest
	@CsvSource({ "logging.level, $<secret:prod/log.level>, logging.*", "logging.level, ${chained}, logging.*",
			"spring.main.keep-alive, $<secret:prod/a> and more, spring.main.*" })
	void findWhenReferenceStandsInEarlyPropertyNamesIt(String name, String text, String group) {
		UnresolvedReferenceException found = find(name, text);
		assertThat(found).isNotNull();
		assertThat(found.getProblems()).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo(name);
			assertThat(problem.description()).isEqualTo(
					"A reference cannot stand here: %s is read before secrets can be retrieved.".formatted(group));
		});
	}

	@ParameterizedTest
	@CsvSource({ "logging.level, text", "logging.level, ${plain}", "app.level, $<secret:prod/log.level>" })
	void findWhenPropertyIsNotEarlyOrHoldsNoReferenceIsNull(String name, String text) {
		assertThat(find(name, text)).isNull();
	}

	@Test
	void findWhenFailureHasNoPropertyIsNull() {
		assertThat(EarlyReferences
			.find(failure(Map.of("logging.level.number", "$<secret:x>"), "logging.level", Unbindable.class))).isNull();
	}

	private static @Nullable UnresolvedReferenceException find(String name, String text) {
		return EarlyReferences.find(failure(Map.of(name, text, "chained", "$<secret:prod/log.level>", "plain", "text"),
				name, Integer.class));
	}

	private static BindException failure(Map<String, Object> properties, String name, Class<?> type) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
		return catchThrowableOfType(BindException.class, () -> Binder.get(environment).bindOrCreate(name, type));
	}

	static class Unbindable {

		Unbindable(String number) {
			throw new IllegalStateException("Not today");
		}

	}

}
