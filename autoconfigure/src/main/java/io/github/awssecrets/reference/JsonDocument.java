package io.github.awssecrets.reference;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The text of a secret, read as JSON as far as it is JSON. Immutable.
 */
final class JsonDocument {

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	private final JsonNode.@Nullable Container root;

	private final @Nullable JsonSkeleton skeleton;

	private final KeyResult failure;

	private JsonDocument(JsonReader.@Nullable Result json, KeyResult failure) {
		this.root = (json != null) ? json.root() : null;
		this.skeleton = (json != null) ? json.skeleton() : null;
		this.failure = failure;
	}

	/**
	 * Read a text. It is meant to be JSON if its first character that is not white space
	 * is a brace or a bracket; a byte order mark before that makes it malformed.
	 * @param text any text
	 * @return the document
	 */
	static JsonDocument parse(String text) {
		boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
		if (!startsContainer(text, marked ? 1 : 0)) {
			return new JsonDocument(null, new KeyResult.NotJson());
		}
		if (marked) {
			return new JsonDocument(null, new KeyResult.Malformed("starts with a byte order mark"));
		}
		try {
			return new JsonDocument(JsonReader.read(text), new KeyResult.NotJson());
		}
		catch (MalformedJsonException ex) {
			return new JsonDocument(null, new KeyResult.Malformed(ex.getReason()));
		}
	}

	private static boolean startsContainer(String text, int from) {
		int position = from;
		while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) != -1) {
			position++;
		}
		return position < text.length() && (text.charAt(position) == '{' || text.charAt(position) == '[');
	}

	/**
	 * Return the whole text.
	 * @return the text, or {@code null} if it is not JSON, and so not kept here
	 */
	@Nullable String text() {
		return (this.skeleton != null) ? this.skeleton.document() : null;
	}

	KeyResult find(KeySelector key) {
		if (this.root == null) {
			return this.failure;
		}
		JsonWalk walk = new JsonWalk(this.root);
		if (key instanceof KeySelector.Exact exact) {
			walk.key(exact.name());
		}
		else if (key instanceof KeySelector.Dotted dotted) {
			walk.dotted(dotted);
		}
		else if (key instanceof KeySelector.Pointer pointer) {
			walk.pointer(pointer);
		}
		return walk.result();
	}

	@Nullable KeyResult lackOfKeys() {
		if (this.root == null) {
			return this.failure;
		}
		return (this.root instanceof JsonNode.ObjectNode) ? null : new KeyResult.NotAnObject("");
	}

	List<String> keys() {
		return (this.root instanceof JsonNode.ObjectNode object) ? object.names() : List.of();
	}

}
