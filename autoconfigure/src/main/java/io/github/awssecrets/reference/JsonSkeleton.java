package io.github.awssecrets.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * What a JSON document is put together again from: the text between the values of its
 * root, and these values. So the document need not be kept beside them.
 */
final class JsonSkeleton {

	private final List<String> between = new ArrayList<>();

	private final List<JsonNode> values = new ArrayList<>();

	private int end;

	/**
	 * Add a value of the root.
	 * @param document the document
	 * @param start where the value starts in it
	 * @param value the value
	 */
	void add(String document, int start, JsonNode value) {
		String text = value.text();
		boolean string = document.charAt(start) == '"';
		int from = string ? start + 1 : start;
		int to = string ? endOfString(document, from) : from + text.length();
		boolean literal = text.length() == to - from && document.startsWith(text, from);
		this.between.add(document.substring(this.end, from));
		// A string may hold escapes
		this.values.add(literal ? value : new JsonNode.Scalar(document.substring(from, to)));
		this.end = to;
	}

	private static int endOfString(String document, int from) {
		int end = from;
		while (document.charAt(end) != '"') {
			end += (document.charAt(end) == '\\') ? 2 : 1;
		}
		return end;
	}

	/**
	 * Add what follows the last value.
	 * @param document the document
	 */
	void end(String document) {
		this.between.add(document.substring(this.end));
	}

	/**
	 * Return the document.
	 * @return its text, to the last blank
	 */
	String document() {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < this.values.size(); i++) {
			text.append(this.between.get(i)).append(this.values.get(i).text());
		}
		return text.append(this.between.get(this.values.size())).toString();
	}

}
