package io.github.awssecrets.reference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A value in a JSON document. Not a record, so that nothing prints what it holds.
 */
abstract sealed class JsonNode {

	/**
	 * Return the value as a property sees it.
	 * @return the text of a string, or the JSON text of anything else
	 */
	abstract String text();

	/**
	 * {@code null}.
	 */
	static final class Null extends JsonNode {

		@Override
		String text() {
			return "null";
		}

	}

	/**
	 * A string, number or boolean.
	 */
	static final class Scalar extends JsonNode {

		private final String text;

		Scalar(String text) {
			this.text = text;
		}

		@Override
		String text() {
			return this.text;
		}

	}

	/**
	 * An object or array, which remembers where in the document it stands.
	 */
	abstract static sealed class Container extends JsonNode {

		private final JsonPart part;

		private final int start;

		private int end;

		Container(JsonPart part, int start) {
			this.part = part;
			this.start = start;
			this.end = start;
		}

		int start() {
			return this.start;
		}

		void endAt(int end) {
			this.end = end;
		}

		JsonPart part() {
			return this.part;
		}

		@Override
		String text() {
			return this.part.substring(this.start, this.end);
		}

	}

	/**
	 * An object.
	 */
	static final class ObjectNode extends Container {

		private Map<String, JsonNode> members = new HashMap<>();

		ObjectNode(JsonPart part, int start) {
			super(part, start);
		}

		/**
		 * Add a member.
		 * @return whether there was none of that name
		 */
		boolean add(String name, JsonNode node) {
			return this.members.putIfAbsent(name, node) == null;
		}

		Map<String, JsonNode> members() {
			return this.members;
		}

		@Override
		void endAt(int end) {
			super.endAt(end);
			// Takes a third of the memory
			this.members = Map.copyOf(this.members);
		}

		List<String> names() {
			return this.members.keySet().stream().sorted().toList();
		}

	}

	/**
	 * An array.
	 */
	static final class ArrayNode extends Container {

		private final List<JsonNode> elements;

		ArrayNode(JsonPart part, int start, List<JsonNode> elements) {
			super(part, start);
			this.elements = elements;
		}

		List<JsonNode> elements() {
			return this.elements;
		}

	}

}
