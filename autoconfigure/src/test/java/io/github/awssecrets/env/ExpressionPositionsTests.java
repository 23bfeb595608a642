package io.github.awssecrets.env;

import java.util.List;

import io.github.awssecrets.reference.ReferenceSyntax;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.BeanExpressionException;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link ExpressionPositions}.
 */
class ExpressionPositionsTests {

	private final TextResolver resolver = new TextResolver((name) -> null, ReferencePolicy.ALLOW_ALL,
			ReferenceSyntax.REFERENCES);

	@ParameterizedTest
	@ValueSource(strings = { "#{$<secret:a>}", "#{'}' + $<secret:a>}", "#{\"}\" + $<secret:a>}",
			"#{'\"}' + $<secret:a>}", "#{\"'}\" + $<secret:a>}", "#{{1, 2}.contains($<secret:a>)}",
			"#{{{1}, 2} + $<secret:a>}", "##{$<secret:a>}", "#{1} #{$<secret:a>}", "#{'$<secret:a>'}",
			"#{#{$<secret:a>}}", "$<secret:b:#{>$<secret:a>", "#$<secret:b:x>#{$<secret:a>" })
	void requireNoSecretInsideWhenSecretIsInsideThrows(String text) {
		assertThatExceptionOfType(UnresolvedReferenceException.class).isThrownBy(() -> requireNoSecretInside(text))
			.withMessageContaining("The content of a secret would become part of an expression #{...}.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "$<secret:a>", "#{1} $<secret:a>", "#{'{'} $<secret:a>", "#{\"{\"} $<secret:a>",
			"#{{1}} $<secret:a>", "#{{1, {2}}} $<secret:a>", "# {$<secret:a>", "{$<secret:a>", "'#' $<secret:a>",
			"} $<secret:a>", "#{\"'\"} $<secret:a>", "#$<secret:a>{", "' #{1} $<secret:a>" })
	void requireNoSecretInsideWhenSecretIsOutsideAcceptsIt(String text) {
		assertThatNoException().isThrownBy(() -> requireNoSecretInside(text));
	}

	@Test
	void requireWellFormedLooksAtExpressionsOfLiteralTextOnly() {
		assertThatNoException().isThrownBy(() -> ExpressionPositions
			.requireWellFormed(List.of(new SecretValues.Part("#{", true), new SecretValues.Part("}", false))));
		assertThatNoException().isThrownBy(() -> ExpressionPositions
			.requireWellFormed(List.of(new SecretValues.Part("#{1+1} ", false), new SecretValues.Part("#{", true))));
		assertThatExceptionOfType(BeanExpressionException.class)
			.isThrownBy(() -> ExpressionPositions
				.requireWellFormed(List.of(new SecretValues.Part("x", true), new SecretValues.Part("#{1+", false))))
			.withMessage("Expression parsing failed");
	}

	private void requireNoSecretInside(String text) {
		SourceProperty annotation = SourceProperty.ofValueAnnotation(text);
		ExpressionPositions.requireNoSecretInside(this.resolver.resolveStrictly(annotation), annotation);
	}

}
