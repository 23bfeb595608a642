package io.github.awssecrets.env;

/**
 * Tells by position whether content of secrets would become part of an expression
 * <code>#{...}</code>, whatever that content is.
 */
final class ExpressionPositions {

	private ExpressionPositions() {
	}

	/**
	 * Require that no reference of a text stands inside an expression.
	 * @param text the text
	 * @param annotation the annotation it is from
	 * @throws UnresolvedReferenceException if one does
	 */
	static void requireNoSecretInside(ResolvedText text, SourceProperty annotation) {
		Scanner scanner = new Scanner();
		for (ResolvedText.Piece piece : text.pieces()) {
			if (piece instanceof ResolvedText.Literal literal) {
				scanner.scan(literal.text());
			}
			else if (piece instanceof ResolvedText.Target target && scanner.isInside()) {
				throw new UnresolvedReferenceException(ReferenceProblems.insideExpression(target.use(), annotation));
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
					if (text.startsWith("#{", i)) {
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
