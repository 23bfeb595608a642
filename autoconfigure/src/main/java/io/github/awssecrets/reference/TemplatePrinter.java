package io.github.awssecrets.reference;

/**
 * Prints the template of a key or option, and what needs an escape in every part of a
 * reference.
 */
final class TemplatePrinter {

	private TemplatePrinter() {
	}

	/**
	 * Print a template.
	 * @param out where to print
	 * @param template the template
	 * @param special the characters that need an escape, besides the backslash and the
	 * {@code $} that would open something
	 */
	static void print(StringBuilder out, Template template, String special) {
		for (Template.Part part : template.parts()) {
			if (part instanceof Template.Placeholder) {
				out.append(part.text());
				continue;
			}
			String text = part.text();
			for (int i = 0; i < text.length(); i++) {
				char character = text.charAt(i);
				if (character == '\\' || special.indexOf(character) != -1 || isOpening(text, i)) {
					out.append('\\');
				}
				out.append(character);
			}
		}
	}

	/**
	 * Return whether a placeholder or a reference would open at an index.
	 * @param text literal text
	 * @param index the index
	 * @return whether there is a <code>${</code> or {@code $<}
	 */
	static boolean isOpening(String text, int index) {
		return text.charAt(index) == '$' && index + 1 < text.length()
				&& (text.charAt(index + 1) == '{' || text.charAt(index + 1) == '<');
	}

}
