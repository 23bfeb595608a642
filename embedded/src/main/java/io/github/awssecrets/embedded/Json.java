package io.github.awssecrets.embedded;

import java.time.Instant;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes the JSON of the service's protocol. A parser's own message quotes what
 * it read, so it never leaves this class.
 */
final class Json {

	static final JsonMapper MAPPER = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

	private Json() {
	}

	static ObjectNode object() {
		return MAPPER.createObjectNode();
	}

	static ArrayNode array() {
		return MAPPER.createArrayNode();
	}

	static String write(JsonNode node) {
		return MAPPER.writeValueAsString(node);
	}

	static String quote(String text) {
		return MAPPER.writeValueAsString(text);
	}

	static ObjectNode readRequest(byte[] body) {
		try {
			if (body.length == 0) {
				return object();
			}
			if (MAPPER.readTree(body) instanceof ObjectNode object) {
				return object;
			}
		}
		catch (JacksonException ex) {
			// Its message quotes the request, which may hold a value
		}
		throw ApiException.serialization("The request's body is not a JSON object.");
	}

	// The protocol's time stamp: seconds since the epoch, with a fraction.
	static double timestamp(Instant instant) {
		return instant.toEpochMilli() / 1000.0;
	}

}
