package io.github.awssecrets.reference;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReferenceSyntax}, and for keys that hold placeholders.
 */
class ReferenceSyntaxTests {

	@Test
	void ofWhenPlaceholdersAreWantedHeedsThem() {
		assertThat(ReferenceSyntax.of(true)).isEqualTo(ReferenceSyntax.REFERENCES_AND_PLACEHOLDERS);
		assertThat(ReferenceSyntax.of(false)).isEqualTo(ReferenceSyntax.REFERENCES);
	}

	@Test
	void isPlaceholderNameWhenNameOpensLikeAReferenceIsTrueIfPlaceholdersAreHeeded() {
		assertThat(ReferenceSyntax.of(true).isPlaceholderName("secret:a.b")).isTrue();
		assertThat(ReferenceSyntax.of(true).isPlaceholderName("secrets:a.b")).isFalse();
		assertThat(ReferenceSyntax.of(false).isPlaceholderName("secret:a.b")).isFalse();
	}

	@Test
	void pointerWhenATokenHoldsAPlaceholderIsNotLiteral() {
		Template placeholder = new Template(List.of(new Template.Placeholder("${a}")));
		assertThat(new KeyTemplate.Pointer(List.of(Template.literal("a"))).isLiteral()).isTrue();
		assertThat(new KeyTemplate.Pointer(List.of(Template.literal("a"), placeholder)).isLiteral()).isFalse();
	}

	@Test
	void exactKeyWhenItHoldsAPlaceholderIsNotLiteral() {
		Template placeholder = new Template(List.of(new Template.Placeholder("${a}")));
		assertThat(new KeyTemplate.Exact(Template.literal("a")).isLiteral()).isTrue();
		assertThat(new KeyTemplate.Exact(placeholder).isLiteral()).isFalse();
	}

	@Test
	void exactKeyWhenShownIsItsName() {
		assertThat(new KeySelector.Exact("pass.word")).hasToString("pass.word");
	}

}
