package io.github.awssecrets.fuzz;

import java.nio.charset.StandardCharsets;

import io.github.awssecrets.reference.ReferenceSyntax;
import io.github.awssecrets.reference.ReferenceSyntaxException;
import io.github.awssecrets.reference.ReferenceText;

/**
 * Fuzzes the parser of references: any text is parsed or refused at a column inside it,
 * and what was parsed and printed is parsed to the same.
 */
public final class ReferenceFuzzer {

	private ReferenceFuzzer() {
	}

	/**
	 * Run once.
	 * @param data the text in UTF-8; its length decides on the syntax
	 */
	public static void fuzzerTestOneInput(byte[] data) {
		String raw = new String(data, StandardCharsets.UTF_8);
		ReferenceText.nearMisses(raw);
		parse(raw, ReferenceSyntax.of(data.length % 2 == 0));
	}

	private static void parse(String raw, ReferenceSyntax syntax) {
		ReferenceText text;
		try {
			text = ReferenceText.parse(raw, syntax);
		}
		catch (ReferenceSyntaxException ex) {
			if (ex.getColumn() < 1 || ex.getColumn() > raw.length() + 1) {
				throw new IllegalStateException("Column " + ex.getColumn());
			}
			return;
		}
		if (!text.references().isEmpty() && !syntax.mayContainReference(raw)) {
			throw new IllegalStateException("A reference that nobody would have looked for");
		}
		if (!syntax.heedsPlaceholders()) {
			String printed = text.toString();
			if (!ReferenceText.parse(printed).equals(text)) {
				throw new IllegalStateException("Printed as " + printed);
			}
		}
	}

}
