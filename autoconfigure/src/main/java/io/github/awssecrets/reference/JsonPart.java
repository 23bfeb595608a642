package io.github.awssecrets.reference;

/**
 * The text of one value of a document's root, if that is an object or array itself. All
 * that is in it shares this text.
 */
final class JsonPart {

	private final int start;

	private String text = "";

	/**
	 * Create a part without text.
	 * @param start where it starts in the document
	 */
	JsonPart(int start) {
		this.start = start;
	}

	void take(String document, int end) {
		this.text = document.substring(this.start, end);
	}

	String substring(int from, int to) {
		return this.text.substring(from - this.start, to - this.start);
	}

}
