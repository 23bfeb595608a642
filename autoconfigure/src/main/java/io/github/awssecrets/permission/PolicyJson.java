package io.github.awssecrets.permission;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the document of a policy as indented JSON.
 */
final class PolicyJson {

	private PolicyJson() {
	}

	static String write(Map<String, ?> document) {
		return write(document, "");
	}

	private static String write(Object value, String indent) {
		String inner = indent + "  ";
		if (value instanceof Map<?, ?> map) {
			return map.entrySet()
				.stream()
				.map((entry) -> "\n" + inner + quote(entry.getKey()) + ": " + write(entry.getValue(), inner))
				.collect(Collectors.joining(",", "{", "\n" + indent + "}"));
		}
		if (value instanceof List<?> list) {
			return list.isEmpty() ? "[]"
					: list.stream()
						.map((element) -> "\n" + inner + write(element, inner))
						.collect(Collectors.joining(",", "[", "\n" + indent + "]"));
		}
		return quote(value);
	}

	/* The names of secrets, Regions and keys hold nothing that needs an escape */
	private static String quote(Object text) {
		return "\"" + text + "\"";
	}

}
