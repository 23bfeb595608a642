package io.github.awssecrets.reference;

/**
 * Prints the id of a reference: what needs an escape depends on the form of the key, and
 * on whether the id is an ARN.
 */
final class IdPrinter {

	private final StringBuilder out;

	private final Template id;

	private final ArnPrefix arn = new ArnPrefix();

	IdPrinter(StringBuilder out, Template id) {
		this.out = out;
		this.id = id;
	}

	/**
	 * Print the id before {@code #}, or with nothing after it: all of its dots stand as
	 * they are.
	 */
	void printBeforeHash() {
		print(Integer.MAX_VALUE);
	}

	/**
	 * Print the id before the dot that starts a key: the dots after its last slash are
	 * escaped.
	 */
	void printBeforeDot() {
		print(dots(false) - dots(true));
	}

	/**
	 * Return whether the id, once printed, reads as the id of a whole secret without a
	 * {@code #} after it.
	 * @param colonFollows whether a colon follows
	 * @return whether it does
	 */
	boolean isWholeWithoutHash(boolean colonFollows) {
		return dots(true) == 0 && !(colonFollows && this.arn.claimsColon());
	}

	private int dots(boolean afterLastSlash) {
		int dots = 0;
		for (Template.Part part : this.id.parts()) {
			if (part instanceof Template.Text) {
				for (int i = 0; i < part.text().length(); i++) {
					char character = part.text().charAt(i);
					if (character == '.') {
						dots++;
					}
					else if (character == '/' && afterLastSlash) {
						dots = 0;
					}
				}
			}
		}
		return dots;
	}

	private void print(int plainDots) {
		int dots = 0;
		for (Template.Part part : this.id.parts()) {
			if (part instanceof Template.Placeholder) {
				this.arn.placeholder();
				this.out.append(part.text());
				continue;
			}
			for (int i = 0; i < part.text().length(); i++) {
				char character = part.text().charAt(i);
				boolean plain = isPlain(part.text(), i, dots < plainDots);
				if (!plain) {
					this.out.append('\\');
				}
				if (character == '.') {
					dots++;
				}
				if (character == '.' && plain) {
					this.arn.dot();
				}
				this.arn.character(character);
				this.out.append(character);
			}
		}
	}

	private boolean isPlain(String text, int index, boolean dotsArePlain) {
		char character = text.charAt(index);
		return switch (character) {
			case '.' -> dotsArePlain;
			case ':' -> this.arn.claimsColon();
			case '\\', '#', '?', '>' -> false;
			default -> !TemplatePrinter.isOpening(text, index);
		};
	}

}
