package io.github.awssecrets.reference;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Template}.
 */
class TemplateTests {

	@Test
	void createWhenTextsAreAdjacentOrEmptyMergesThem() {
		Template template = new Template(List.of(new Template.Text(""), new Template.Text("a"), new Template.Text("b"),
				new Template.Placeholder("${c}"), new Template.Text("")));
		assertThat(template.parts()).containsExactly(new Template.Text("ab"), new Template.Placeholder("${c}"));
		assertThat(template).hasToString("ab${c}");
	}

	@Test
	void isLiteralWhenNoPlaceholderReturnsTrue() {
		assertThat(Template.literal("${a}").isLiteral()).isTrue();
		assertThat(Template.literal("").isEmpty()).isTrue();
		Template template = new Template(List.of(new Template.Placeholder("${a}")));
		assertThat(template.isLiteral()).isFalse();
		assertThat(template.isEmpty()).isFalse();
		assertThat(template.placeholders()).containsExactly("${a}");
	}

	@Test
	void resolveWhenLiteralLooksLikePlaceholderKeepsIt() {
		assertThat(Template.literal("${a}").resolve((name) -> "x")).isEqualTo("${a}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "${a", "$a}", "{a}", "${a}b", "${a}}", "${{a}", "${a:$<secret:b.c>}" })
	void createWhenPlaceholderIsNotOneThrowsException(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Template.Placeholder(text));
	}

}
