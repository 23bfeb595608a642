package io.github.awssecrets.reference;

/**
 * What a backslash means inside a reference.
 */
enum Escapes {

	/**
	 * In id, key and options: an error before anything that needs no escape.
	 */
	STRICT("\\>:./#?&[]$"),

	/**
	 * In a default: itself before anything that needs no escape, as in {@code C:\temp}.
	 */
	DEFAULT_VALUE("\\>$");

	private final String escapable;

	Escapes(String escapable) {
		this.escapable = escapable;
	}

	boolean isEscapable(char character) {
		return this.escapable.indexOf(character) != -1;
	}

}
