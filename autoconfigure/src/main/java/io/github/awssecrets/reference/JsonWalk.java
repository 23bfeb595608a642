package io.github.awssecrets.reference;

import org.jspecify.annotations.Nullable;

/**
 * A walk from the root of a JSON document to one of its values. It stops where it cannot
 * go on, and remembers why. Used by one thread.
 */
final class JsonWalk {

	private JsonNode node;

	private final StringBuilder path = new StringBuilder();

	private @Nullable KeyResult failure;

	JsonWalk(JsonNode root) {
		this.node = root;
	}

	void dotted(KeySelector.Dotted key) {
		String name = key.name();
		if (this.node instanceof JsonNode.ObjectNode object && object.members().containsKey(name)) {
			key(name);
			return;
		}
		for (KeySelector.Step step : key.steps()) {
			if (!step.name().isEmpty() || step.indexes().isEmpty()) {
				key(step.name(), this.path.isEmpty() ? step.name() : "." + step.name());
			}
			for (int index : step.indexes()) {
				element(index, "[%d]".formatted(index));
			}
		}
	}

	void pointer(KeySelector.Pointer key) {
		for (String token : key.tokens()) {
			String suffix = "/" + PointerToken.escape(token);
			if (!(this.node instanceof JsonNode.ArrayNode array)) {
				key(token, suffix);
			}
			else {
				// The element after the last one, which never exists (RFC 6901, section
				// 4)
				int index = "-".equals(token) ? array.elements().size() : ArrayIndex.parse(token);
				element(index, suffix);
			}
		}
	}

	void key(String name) {
		key(name, name);
	}

	private void key(String name, String suffix) {
		if (this.failure != null) {
			return;
		}
		if (!(this.node instanceof JsonNode.ObjectNode object)) {
			stop((this.node instanceof JsonNode.Null) ? new KeyResult.NullValue(path())
					: new KeyResult.NotAnObject(path()));
			return;
		}
		JsonNode member = object.members().get(name);
		if (member == null) {
			stop(new KeyResult.NoSuchKey(path(), name, object.names()));
			return;
		}
		go(member, suffix);
	}

	private void element(int index, String suffix) {
		if (this.failure != null) {
			return;
		}
		if (!(this.node instanceof JsonNode.ArrayNode array) || index == ArrayIndex.NONE) {
			stop((this.node instanceof JsonNode.Null) ? new KeyResult.NullValue(path())
					: (this.node instanceof JsonNode.ArrayNode) ? new KeyResult.NotAnObject(path())
							: new KeyResult.NotAnArray(path()));
		}
		else if (index >= array.elements().size()) {
			stop(new KeyResult.IndexOutOfRange(path(), index, array.elements().size()));
		}
		else {
			go(array.elements().get(index), suffix);
		}
	}

	private String path() {
		return this.path.toString();
	}

	private void go(JsonNode node, String suffix) {
		this.node = node;
		this.path.append(suffix);
	}

	private void stop(KeyResult failure) {
		this.failure = failure;
	}

	KeyResult result() {
		if (this.failure != null) {
			return this.failure;
		}
		return (this.node instanceof JsonNode.Null) ? new KeyResult.NullValue(path())
				: new KeyResult.Found(this.node.text());
	}

}
