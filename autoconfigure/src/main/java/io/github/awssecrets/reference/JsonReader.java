package io.github.awssecrets.reference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Reads one JSON document whose root is an object or an array. Uses no recursion, so that
 * no nesting overflows the stack, and leaves nothing of the document in the buffers and
 * symbol tables of the JSON parser.
 */
final class JsonReader {

	/**
	 * The deepest nesting that is read. It bounds the memory a document takes, not the
	 * stack.
	 */
	static final int MAXIMUM_DEPTH = 1000;

	/**
	 * Strings, names and numbers may be as long as the document, which is in memory
	 * already: the service limits it to 65,536 bytes. Numbers are never converted, so
	 * that long ones cost nothing.
	 */
	private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
		.maxNestingDepth(MAXIMUM_DEPTH + 1)
		.maxStringLength(Integer.MAX_VALUE)
		.maxNameLength(Integer.MAX_VALUE)
		.maxNumberLength(Integer.MAX_VALUE)
		.build();

	private static final JsonFactory FACTORY = JsonFactory.builder()
		.streamReadConstraints(CONSTRAINTS)
		.recyclerPool(JsonRecyclerPools.nonRecyclingPool())
		.disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
		.disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
		.build();

	private final String document;

	private final JsonSkeleton.Builder skeleton;

	private final Deque<JsonNode.Container> open = new ArrayDeque<>();

	private JsonNode.@Nullable Container root;

	private @Nullable String name;

	private JsonReader(String document) {
		this.document = document;
		this.skeleton = new JsonSkeleton.Builder(document);
	}

	/**
	 * Read a document.
	 * @param document the document
	 * @return its root, an object or an array, and what it is put together again from
	 * @throws MalformedJsonException if the document is not JSON, has a key twice, or is
	 * nested more than {@value #MAXIMUM_DEPTH} levels deep
	 */
	static Result read(String document) throws MalformedJsonException {
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), document)) {
			return new JsonReader(document).read(parser);
		}
	}

	private Result read(JsonParser parser) throws MalformedJsonException {
		try {
			JsonToken token = parser.nextToken();
			while (token != null) {
				accept(token, parser);
				token = parser.nextToken();
			}
		}
		catch (JacksonException ex) {
			throw new MalformedJsonException("not valid JSON" + place(ex.getLocation()));
		}
		JsonNode.Container root = this.root;
		if (root == null) {
			throw new MalformedJsonException("not a JSON object or array");
		}
		return new Result(root, this.skeleton.build());
	}

	private void accept(JsonToken token, JsonParser parser) throws MalformedJsonException {
		if (this.root != null && this.open.isEmpty()) {
			throw new MalformedJsonException("text after the end of the JSON" + place(parser.currentTokenLocation()));
		}
		switch (token) {
			case PROPERTY_NAME -> {
				this.name = parser.currentName();
			}
			case START_OBJECT -> open(new JsonNode.ObjectNode(part(parser), start(parser)));
			case START_ARRAY -> open(new JsonNode.ArrayNode(part(parser), start(parser), new ArrayList<>()));
			case END_OBJECT, END_ARRAY -> close(start(parser) + 1);
			case VALUE_NULL -> add(new JsonNode.Null(), start(parser));
			default -> add(new JsonNode.Scalar(parser.getString()), start(parser));
		}
	}

	private JsonPart part(JsonParser parser) {
		JsonNode.Container parent = this.open.peek();
		return (parent != null && this.open.size() > 1) ? parent.part() : new JsonPart(start(parser));
	}

	private void open(JsonNode.Container container) throws MalformedJsonException {
		if (this.open.size() == MAXIMUM_DEPTH) {
			throw new MalformedJsonException("nested more than %d levels deep".formatted(MAXIMUM_DEPTH));
		}
		if (this.root == null) {
			this.root = container;
		}
		else {
			add(container);
		}
		this.open.push(container);
	}

	private void close(int end) {
		JsonNode.Container container = this.open.pop();
		container.endAt(end);
		if (this.open.size() == 1) {
			container.part().take(this.document, end);
			this.skeleton.add(container.start(), container);
		}
	}

	private void add(JsonNode node, int start) throws MalformedJsonException {
		add(node);
		if (this.open.size() == 1) {
			this.skeleton.add(start, node);
		}
	}

	private void add(JsonNode node) throws MalformedJsonException {
		JsonNode.Container parent = this.open.peek();
		if (parent instanceof JsonNode.ArrayNode array) {
			array.elements().add(node);
		}
		else if (parent instanceof JsonNode.ObjectNode object && this.name != null) {
			if (!object.add(this.name, node)) {
				throw new MalformedJsonException("key '%s' stands twice in one object".formatted(this.name));
			}
		}
		else {
			throw new MalformedJsonException("not a JSON object or array");
		}
	}

	private static int start(JsonParser parser) {
		return Math.toIntExact(parser.currentTokenLocation().getCharOffset());
	}

	private static String place(@Nullable TokenStreamLocation location) {
		return (location != null) ? " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr())
				: "";
	}

	/**
	 * A document that was read.
	 */
	record Result(JsonNode.Container root, JsonSkeleton skeleton) {

	}

}
