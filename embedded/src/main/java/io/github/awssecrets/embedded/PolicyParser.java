package io.github.awssecrets.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads an IAM policy document. Elements that it can't enforce, such as {@code Principal}
 * and most of what {@code Condition} may hold, are errors.
 */
final class PolicyParser {

	private static final Set<String> DOCUMENT = Set.of("Version", "Id", "Statement");

	private static final Set<String> STATEMENT = Set.of("Sid", "Effect", "Action", "NotAction", "Resource",
			"NotResource", "Condition");

	/** By operator, in lower case. */
	private static final Map<String, String> CONDITIONS = Map.of("StringEquals", "kms:viaservice",
			"ForAnyValue:StringEquals", "kms:resourcealiases");

	private PolicyParser() {
	}

	static Policy parse(String json) {
		ObjectNode document = object(read(json), "The document");
		refuseOthersThan(DOCUMENT, document);
		JsonNode statements = document.path("Statement");
		List<Policy.Statement> parsed = new ArrayList<>();
		if (statements.isArray()) {
			statements.forEach((statement) -> parsed.add(parse(object(statement, "A statement"))));
		}
		else {
			parsed.add(parse(object(statements, "'Statement'")));
		}
		return new Policy(parsed);
	}

	private static @Nullable JsonNode read(String json) {
		try {
			return Json.MAPPER.readTree(json);
		}
		catch (JacksonException ex) {
			throw malformed("It is not JSON: line %d, column %d.".formatted(ex.getLocation().getLineNr(),
					ex.getLocation().getColumnNr()));
		}
	}

	private static Policy.Statement parse(ObjectNode statement) {
		refuseOthersThan(STATEMENT, statement);
		String effect = statement.path("Effect").asString("");
		if (!effect.equals("Allow") && !effect.equals("Deny")) {
			throw malformed("'Effect' of a statement is neither Allow nor Deny.");
		}
		return new Policy.Statement(effect.equals("Allow"), matcher(statement, "Action", Wildcard::ignoringCase),
				matcher(statement, "Resource", Wildcard::exact), conditions(statement));
	}

	private static List<Policy.Condition> conditions(ObjectNode statement) {
		List<Policy.Condition> conditions = new ArrayList<>();
		if (statement.has("Condition")) {
			object(statement.get("Condition"), "'Condition'")
				.forEachEntry((operator, keys) -> object(keys, "'" + operator + "'")
					.forEachEntry((key, values) -> conditions.add(condition(operator, key, values))));
		}
		return conditions;
	}

	private static Policy.Condition condition(String operator, String key, JsonNode values) {
		String name = key.toLowerCase(Locale.ROOT);
		if (!name.equals(CONDITIONS.get(operator))) {
			throw malformed(
					"A condition '%s' with '%s' is not one that can be enforced here.".formatted(operator, key));
		}
		return new Policy.Condition(name, Set.copyOf(texts(key, values)));
	}

	private static Policy.Matcher matcher(ObjectNode statement, String element, Function<String, Wildcard> pattern) {
		String inverted = "Not" + element;
		if (statement.has(element) == statement.has(inverted)) {
			throw malformed("A statement needs either '%s' or '%s'.".formatted(element, inverted));
		}
		JsonNode value = statement.path(statement.has(element) ? element : inverted);
		return new Policy.Matcher(texts(element, value).stream().map(pattern).toList(), statement.has(inverted));
	}

	private static List<String> texts(String element, JsonNode value) {
		List<String> texts = new ArrayList<>();
		for (JsonNode text : value.isArray() ? value.values() : List.of(value)) {
			if (!text.isString()) {
				throw malformed("'%s' is neither a string nor a list of strings.".formatted(element));
			}
			texts.add(text.stringValue());
		}
		return texts;
	}

	private static ObjectNode object(@Nullable JsonNode node, String what) {
		if (node instanceof ObjectNode object) {
			return object;
		}
		throw malformed(what + " is not a JSON object.");
	}

	private static void refuseOthersThan(Set<String> known, ObjectNode object) {
		for (String element : object.propertyNames()) {
			if (!known.contains(element)) {
				throw malformed("'%s' is not an element that can be enforced here.".formatted(element));
			}
		}
	}

	private static IllegalArgumentException malformed(String text) {
		return new IllegalArgumentException("Malformed policy document. " + text);
	}

}
