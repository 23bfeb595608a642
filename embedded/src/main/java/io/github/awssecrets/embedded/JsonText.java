package io.github.awssecrets.embedded;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Edits the text of a JSON object and leaves the rest of it as it is, to the character.
 */
final class JsonText {

	private JsonText() {
	}

	// Replaces the value of a top-level key by a string. Throws IllegalArgumentException
	// if the text is not a JSON object, or has no such key.
	static String replace(String json, String key, String value) {
		List<String> keys = new ArrayList<>();
		try (JsonParser parser = Json.MAPPER.createParser(json)) {
			parser.nextToken();
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				keys.add(parser.currentName());
				parser.nextToken();
				int start = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
				int end = endOfValue(parser);
				if (keys.contains(key)) {
					return json.substring(0, start) + Json.quote(value) + json.substring(end);
				}
			}
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("it is not a JSON object");
		}
		throw new IllegalArgumentException("it has no key '%s' among %s".formatted(key, keys));
	}

	private static int endOfValue(JsonParser parser) {
		if (parser.currentToken().isStructStart()) {
			parser.skipChildren();
		}
		else {
			parser.getString();
		}
		return Math.toIntExact(parser.currentLocation().getCharOffset());
	}

}
