package io.github.awssecrets.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * What a JSON document is put together again from: the text between the values of its
 * root, and these values. So the document need not be kept beside them.
 */
final class JsonSkeleton {

	private final String between;

	/* Where in that text the values stand */
	private final int[] places;

	private final JsonNode[] values;

	private JsonSkeleton(Builder builder) {
		this.between = builder.between.toString();
		this.places = builder.places.stream().mapToInt(Integer::intValue).toArray();
		this.values = builder.values.toArray(JsonNode[]::new);
	}

	/**
	 * Return the document.
	 * @return its text, to the last blank
	 */
	String document() {
		StringBuilder text = new StringBuilder();
		int end = 0;
		for (int i = 0; i < this.values.length; i++) {
			text.append(this.between, end, this.places[i]).append(this.values[i].text());
			end = this.places[i];
		}
		return text.append(this.between, end, this.between.length()).toString();
	}

	/**
	 * Builds a skeleton while a document is read.
	 */
	static final class Builder {

		private final String document;

		private final StringBuilder between = new StringBuilder();

		private final List<Integer> places = new ArrayList<>();

		private final List<JsonNode> values = new ArrayList<>();

		private int end;

		Builder(String document) {
			this.document = document;
		}

		/**
		 * Add a value of the root.
		 * @param start where the value starts in the document
		 * @param value the value
		 */
		void add(int start, JsonNode value) {
			String text = value.text();
			boolean string = this.document.charAt(start) == '"';
			int from = string ? start + 1 : start;
			int to = string ? endOfString(from) : from + text.length();
			boolean literal = text.length() == to - from && this.document.startsWith(text, from);
			this.between.append(this.document, this.end, from);
			this.places.add(this.between.length());
			// A string may hold escapes
			this.values.add(literal ? value : new JsonNode.Scalar(this.document.substring(from, to)));
			this.end = to;
		}

		private int endOfString(int from) {
			int end = from;
			while (this.document.charAt(end) != '"') {
				end += (this.document.charAt(end) == '\\') ? 2 : 1;
			}
			return end;
		}

		/**
		 * Build the skeleton, when all values were added.
		 * @return the skeleton
		 */
		JsonSkeleton build() {
			this.between.append(this.document, this.end, this.document.length());
			return new JsonSkeleton(this);
		}

	}

}
