package io.github.awssecrets.embedded;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;

/**
 * Reads the secrets to start with, from a JSON document or from single lines. Its errors
 * say where something is wrong, never what stands there.
 * <p>
 * A document is one JSON object. Each of its members is a secret, by name; its value is
 * <ul>
 * <li>a string: the secret's text;</li>
 * <li>the object <code>{"$binary": "..."}</code>: the secret's bytes, in Base64;</li>
 * <li>any other object: a JSON secret, character for character as it stands there.</li>
 * </ul>
 * A line is {@code name = value}, split at its first equals sign between blanks. The
 * value is the rest of the line, character for character, or bytes if it is the object
 * <code>{"$binary": "..."}</code>.
 */
final class SeedParser {

	private static final String SEPARATOR = " = ";

	private static final String BINARY = "$binary";

	private SeedParser() {
	}

	// Reads a document, which errors call by the name of its source.
	static List<Seed> document(String json, String source) {
		try (JsonParser parser = Json.MAPPER.createParser(json)) {
			return document(parser, json, source);
		}
		catch (JacksonException ex) {
			throw malformed(source, ex.getLocation(), "not valid JSON, or a name that occurs twice");
		}
	}

	private static List<Seed> document(JsonParser parser, String json, String source) {
		if (parser.nextToken() != JsonToken.START_OBJECT) {
			throw malformed(source, parser.currentTokenLocation(), "expected a JSON object of names and values");
		}
		List<Seed> seeds = new ArrayList<>();
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			TokenStreamLocation location = parser.currentTokenLocation();
			String name = parser.currentName();
			parser.nextToken();
			seeds.add(checked(() -> new Seed(name, content(parser, json)), source + position(location)));
		}
		if (parser.nextToken() != null) {
			throw malformed(source, parser.currentTokenLocation(), "unexpected text after the JSON object");
		}
		return seeds;
	}

	private static SecretContent content(JsonParser parser, String json) {
		return switch (parser.currentToken()) {
			case VALUE_STRING -> SecretContent.ofString(parser.getString());
			case START_OBJECT -> object(textOfObject(parser, json));
			default ->
				throw new IllegalArgumentException("a value is a string or an object; write other JSON as a string");
		};
	}

	private static String textOfObject(JsonParser parser, String json) {
		long start = parser.currentTokenLocation().getCharOffset();
		parser.skipChildren();
		return json.substring(Math.toIntExact(start), Math.toIntExact(parser.currentLocation().getCharOffset()));
	}

	static Seed line(String line) {
		int separator = line.indexOf(SEPARATOR);
		if (separator < 0) {
			throw new IllegalArgumentException(
					"Malformed line: expected 'name = value', with blanks around the equals" + " sign");
		}
		String name = line.substring(0, separator).strip();
		String value = line.substring(separator + SEPARATOR.length());
		return checked(() -> new Seed(name, lineContent(value)), "Malformed line");
	}

	private static SecretContent lineContent(String value) {
		return value.startsWith("{") ? object(value) : SecretContent.ofString(value);
	}

	private static SecretContent object(String text) {
		try {
			JsonNode node = Json.MAPPER.readTree(text);
			if (node.size() == 1 && node.path(BINARY).isString()) {
				return SecretContent.ofBinary(base64(node.path(BINARY).stringValue()));
			}
		}
		catch (JacksonException ex) {
			// Text that is not JSON is a legal value
		}
		return SecretContent.ofString(text);
	}

	private static byte[] base64(String text) {
		try {
			return Base64.getDecoder().decode(text);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("the text of " + BINARY + " is not Base64");
		}
	}

	private static Seed checked(Supplier<Seed> seed, String where) {
		try {
			return seed.get();
		}
		catch (ApiException ex) {
			throw new IllegalArgumentException(where + ": " + ex.text());
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(where + ": " + ex.getMessage());
		}
	}

	private static IllegalArgumentException malformed(String source, TokenStreamLocation location, String what) {
		return new IllegalArgumentException(source + position(location) + ": " + what);
	}

	private static String position(TokenStreamLocation location) {
		return ", line " + location.getLineNr() + ", column " + location.getColumnNr();
	}

}
