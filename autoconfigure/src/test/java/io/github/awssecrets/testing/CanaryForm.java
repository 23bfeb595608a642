package io.github.awssecrets.testing;

/**
 * How a canary value was written where it was found.
 */
public enum CanaryForm {

	/** As it is, in either case, also as a list of characters or in UTF-16. */
	PLAIN,

	/** URL-encoded, once or several times. */
	URL,

	/** With backslashes or Unicode escapes, as in JSON, Java and properties files. */
	JSON,

	/** With named, decimal or hexadecimal references, as in HTML and XML. */
	HTML,

	/** Base64 of the standard or the URL alphabet, at any alignment, also wrapped. */
	BASE64,

	/** Pairs of hexadecimal digits, also separated. */
	HEX,

	/** A list of decimal byte values. */
	BYTES;

	/**
	 * Tell the form of a text that {@link CanaryPatterns} matched outside Base64, hex and
	 * lists of bytes.
	 */
	static CanaryForm ofText(CharSequence match) {
		String text = match.toString();
		if (text.indexOf('&') != -1) {
			return HTML;
		}
		if (text.indexOf('%') != -1) {
			return URL;
		}
		return (text.indexOf('\\') != -1) ? JSON : PLAIN;
	}

}
