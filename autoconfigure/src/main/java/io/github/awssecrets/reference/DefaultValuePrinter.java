package io.github.awssecrets.reference;

/**
 * Prints a default, in which a backslash is itself wherever it can be.
 */
final class DefaultValuePrinter {

	private final StringBuilder out;

	DefaultValuePrinter(StringBuilder out) {
		this.out = out;
	}

	void print(Template template) {
		for (Template.Part part : template.parts()) {
			if (part instanceof Template.Placeholder) {
				this.out.append(part.text());
			}
			else {
				print(part.text());
			}
		}
	}

	private void print(String text) {
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			if (character == '>' || TemplatePrinter.isOpening(text, i)
					|| (character == '\\' && wouldEscape(text, i + 1))) {
				this.out.append('\\');
			}
			this.out.append(character);
		}
	}

	private boolean wouldEscape(String text, int next) {
		return next == text.length() || Escapes.DEFAULT_VALUE.isEscapable(text.charAt(next));
	}

}
