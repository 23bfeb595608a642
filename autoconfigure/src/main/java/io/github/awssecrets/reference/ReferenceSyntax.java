package io.github.awssecrets.reference;

/**
 * The spellings of references that an application heeds.
 */
public enum ReferenceSyntax {

	/**
	 * Only <code>$&lt;secret:...&gt;</code>.
	 */
	REFERENCES,

	/**
	 * Also <code>${secret:...}</code>, in the syntax of Spring's placeholders: without
	 * default and placeholders inside.
	 */
	REFERENCES_AND_PLACEHOLDERS;

	private static final String PLACEHOLDER_NAME = "secret:";

	/**
	 * Return a syntax.
	 * @param placeholders whether <code>${secret:...}</code> is a reference
	 * @return the syntax
	 */
	public static ReferenceSyntax of(boolean placeholders) {
		return placeholders ? REFERENCES_AND_PLACEHOLDERS : REFERENCES;
	}

	/**
	 * Return whether a text has to be parsed: cheap, and {@code true} for an escaped
	 * reference too.
	 * @param raw the text as it stands in a property source
	 * @return whether an opening of a reference occurs in it
	 */
	public boolean mayContainReference(String raw) {
		return raw.contains(Openings.REFERENCE) || (heedsPlaceholders() && raw.contains(Openings.PLACEHOLDER));
	}

	/**
	 * Return whether <code>${secret:...}</code> is a reference.
	 * @return whether it is one
	 */
	public boolean heedsPlaceholders() {
		return this == REFERENCES_AND_PLACEHOLDERS;
	}

	/**
	 * Return whether a name is what Spring looks up for a reference.
	 * @param name the name of a property
	 * @return whether <code>${name}</code> opens like a reference
	 */
	public boolean isPlaceholderName(String name) {
		return heedsPlaceholders() && name.startsWith(PLACEHOLDER_NAME);
	}

}
