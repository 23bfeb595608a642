package io.github.awssecrets.reference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.util.PropertyPlaceholderHelper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Braces}.
 */
@ExtendWith(Seeds.class)
class BracesTests {

	@Test
	void closingWhenBalancedReturnsIndexOfBrace() {
		assertThat(Braces.of("${a}").closing(0)).isEqualTo(3);
		assertThat(Braces.of("${a:{b}}").closing(0)).isEqualTo(7);
		assertThat(Braces.of("}${a${b}}").closing(1)).isEqualTo(8);
	}

	@Test
	void closingWhenNotBalancedReturnsNone() {
		assertThat(Braces.of("${a").closing(0)).isEqualTo(Braces.NONE);
		assertThat(Braces.of("${a:{b}").closing(0)).isEqualTo(Braces.NONE);
		assertThat(Braces.of("$").closing(0)).isEqualTo(Braces.NONE);
		assertThat(Braces.of("$a}").closing(0)).isEqualTo(Braces.NONE);
	}

	@ParameterizedTest(name = "-Dseed={0}")
	@MethodSource("io.github.awssecrets.reference.Seeds#seeds")
	void closingWhenAnyTextAgreesWithSpring(long seed) {
		PropertyPlaceholderHelper spring = new PropertyPlaceholderHelper("${", "}", null, null, true);
		Generator generator = new Generator(seed);
		for (int i = 0; i < 500; i++) {
			String text = generator.hostileText(15);
			assertThat(removePlaceholders(text)).as(() -> Seeds.describe(seed, text))
				.isEqualTo(spring.replacePlaceholders(text, (name) -> ""));
		}
	}

	private static String removePlaceholders(String text) {
		Braces braces = Braces.of(text);
		StringBuilder result = new StringBuilder();
		int position = 0;
		while (position < text.length()) {
			int closing = (text.charAt(position) == '$') ? braces.closing(position) : Braces.NONE;
			if (closing == Braces.NONE) {
				result.append(text.charAt(position));
			}
			position = Math.max(position, closing) + 1;
		}
		return result.toString();
	}

}
