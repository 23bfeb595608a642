package io.github.awssecrets.env;

import java.util.List;

import org.springframework.beans.factory.BeanExpressionException;
import org.springframework.expression.ParseException;
import org.springframework.expression.ParserContext;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/**
 * Tells by position whether content of secrets would become part of an expression
 * <code>#{...}</code>, whatever that content is.
 */
final class ExpressionPositions {

	private static final String PREFIX = "#{";

	private ExpressionPositions() {
	}

	/**
	 * Require that no reference of a text, or of a default in it, stands inside an
	 * expression.
	 * @param text the text
	 * @param annotation the annotation it is from
	 * @throws UnresolvedReferenceException if one does
	 */
	static void requireNoSecretInside(ResolvedText text, SourceProperty annotation) {
		requireNoSecretInside(text, annotation, new Scanner());
	}

	private static void requireNoSecretInside(ResolvedText text, SourceProperty annotation, Scanner scanner) {
		for (ResolvedText.Piece piece : text.pieces()) {
			if (piece instanceof ResolvedText.Literal literal) {
				scanner.scan(literal.text());
			}
			else if (piece instanceof ResolvedText.Target target) {
				if (scanner.isInside()) {
					throw new UnresolvedReferenceException(
							ReferenceProblems.insideExpression(target.use(), annotation));
				}
				if (target.defaultText() != null) {
					requireNoSecretInside(target.defaultText(), annotation, scanner);
				}
			}
		}
	}

	/**
	 * Require that the expressions of a text are well-formed. Spring's own failure shows
	 * the whole text.
	 * @param parts the parts of the text, secrets outside expressions
	 * @throws BeanExpressionException if one is malformed; the message shows literal text
	 * only
	 */
	static void requireWellFormed(List<SecretValues.Part> parts) {
		if (parts.stream().anyMatch((part) -> !part.secret() && part.text().contains(PREFIX))) {
			List<SecretValues.Part> masked = parts.stream()
				.map((part) -> part.secret() ? new SecretValues.Part("***", true) : part)
				.toList();
			try {
				new SpelExpressionParser().parseExpression(SpringEscapes.escapeExpressions(masked),
						ParserContext.TEMPLATE_EXPRESSION);
			}
			catch (ParseException ex) {
				throw new BeanExpressionException("Expression parsing failed", ex);
			}
		}
	}

	/**
	 * Follows the nesting of expressions as Spring's expression templates do: brackets
	 * and quotes count inside only.
	 */
	private static final class Scanner {

		private int depth;

		private char quote;

		boolean isInside() {
			return this.depth > 0;
		}

		void scan(String text) {
			for (int i = 0; i < text.length(); i++) {
				char character = text.charAt(i);
				if (this.depth == 0) {
					if (text.startsWith(PREFIX, i)) {
						this.depth = 1;
						i++;
					}
				}
				else if (this.quote != 0) {
					this.quote = (character == this.quote) ? 0 : this.quote;
				}
				else if (character == '\'' || character == '"') {
					this.quote = character;
				}
				else if (character == '{') {
					this.depth++;
				}
				else if (character == '}') {
					this.depth--;
				}
			}
		}

	}

}
