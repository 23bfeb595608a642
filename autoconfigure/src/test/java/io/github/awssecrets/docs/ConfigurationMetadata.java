package io.github.awssecrets.docs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.json.JsonParserFactory;

/**
 * What {@code META-INF/spring-configuration-metadata.json} tells development tools, and
 * what is wrong with it.
 */
final class ConfigurationMetadata {

	private static final Pattern ARTICLE = Pattern.compile("(?i)(a|an|the)\\b.*");

	/* How a description says what applies where nothing is set. */
	private static final Pattern UNSET = Pattern.compile(".*\\. If not set, [^.]+\\.", Pattern.DOTALL);

	private static final Pattern ROW = Pattern.compile("\\| `(aws\\.secrets\\.[^`]+)` \\|([^|\n]*)\\|[^|\n]+\\|");

	private final Map<String, Map<String, Object>> properties = new LinkedHashMap<>();

	/* Bound by Boot, for endpoints and health of ours */
	private final Map<String, String> actuator = new LinkedHashMap<>();

	private final List<String> problems = new ArrayList<>();

	private final Map<String, List<String>> hints = new LinkedHashMap<>();

	private ConfigurationMetadata(Map<String, Object> root) {
		for (Map<String, Object> item : items(root, "properties")) {
			if (name(item).startsWith("management.")) {
				this.actuator.put(name(item),
						"%s Default: %s".formatted(item.get("description"), item.get("defaultValue")));
			}
			else if (this.properties.put(name(item), item) != null) {
				this.problems.add(name(item) + " is there twice");
			}
		}
		for (Map<String, Object> item : items(root, "hints")) {
			this.hints.put(name(item), items(item, "providers").stream().map(ConfigurationMetadata::provider).toList());
		}
	}

	static ConfigurationMetadata parse(String json) {
		return new ConfigurationMetadata(JsonParserFactory.getJsonParser().parseMap(json));
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> items(Map<String, Object> root, String name) {
		return (List<Map<String, Object>>) root.getOrDefault(name, List.of());
	}

	private static String name(Map<String, Object> item) {
		return String.valueOf(item.get("name"));
	}

	private static String provider(Map<String, Object> item) {
		return (item.get("parameters") instanceof Map<?, ?> parameters) ? name(item) + parameters.values() : name(item);
	}

	/**
	 * Return what tells tools which values a property takes.
	 * @return the providers of each property that has hints, and what they provide
	 */
	Map<String, List<String>> hints() {
		return this.hints;
	}

	/**
	 * Return the properties of actuator.
	 * @return the description and the default of each
	 */
	Map<String, String> actuator() {
		return this.actuator;
	}

	/**
	 * Compare the metadata with what the code binds.
	 * @param bound the properties that the code binds, by name
	 * @return what is wrong, in words
	 */
	List<String> problems(Map<String, BoundProperty> bound) {
		List<String> result = new ArrayList<>(this.problems);
		bound.values().forEach((property) -> {
			Map<String, Object> item = this.properties.get(property.name());
			if (item == null) {
				result.add(property.name() + " is not there");
			}
			else {
				check(property, item, result);
			}
		});
		this.properties.keySet()
			.stream()
			.filter((name) -> !bound.containsKey(name))
			.forEach((name) -> result.add(name + " is not bound"));
		this.hints.keySet()
			.stream()
			.filter((name) -> !bound.containsKey(name))
			.forEach((name) -> result.add("hint " + name + " is of nothing bound"));
		return result;
	}

	private static void check(BoundProperty property, Map<String, Object> item, List<String> problems) {
		String name = property.name();
		if (!property.type().equals(item.get("type"))) {
			problems.add("%s has type %s, not %s".formatted(name, item.get("type"), property.type()));
		}
		List<String> defaultValue = defaultOf(item);
		if (!Objects.equals(property.defaultValue(), defaultValue)) {
			problems.add("%s has default %s, not %s".formatted(name, defaultValue, property.defaultValue()));
		}
		checkDescription(property, String.valueOf(item.getOrDefault("description", "")), problems);
	}

	private static void checkDescription(BoundProperty property, String description, List<String> problems) {
		String name = property.name();
		if (description.isBlank()) {
			problems.add(name + " has no description");
			return;
		}
		if (ARTICLE.matcher(description).matches()) {
			problems.add(name + ": description starts with an article");
		}
		if (!Character.isUpperCase(description.charAt(0))) {
			problems.add(name + ": description starts in lower case");
		}
		if (!description.endsWith(".")) {
			problems.add(name + ": description ends without a dot");
		}
		if (property.isBoolean() && !description.startsWith("Whether ")) {
			problems.add(name + ": description of a boolean starts without 'Whether'");
		}
		if (property.defaultValue() == null && !UNSET.matcher(description).matches()) {
			problems.add(name + ": description does not say 'If not set, ...'");
		}
	}

	private static @Nullable List<String> defaultOf(Map<String, Object> item) {
		Object value = item.get("defaultValue");
		if (value instanceof List<?> list) {
			return list.stream().map(String::valueOf).toList();
		}
		return (value != null) ? List.of(String.valueOf(value)) : null;
	}

	/**
	 * Compare the metadata with the table of properties in a page.
	 * @param markdown the page
	 * @return what is wrong with the page, in words
	 */
	List<String> problemsOfTable(String markdown) {
		List<String> result = new ArrayList<>();
		Map<String, String> rows = new LinkedHashMap<>();
		Matcher row = ROW.matcher(markdown);
		while (row.find()) {
			if (rows.put(row.group(1), row.group(2).strip()) != null) {
				result.add(row.group(1) + " has two rows");
			}
		}
		this.properties.forEach((name, item) -> {
			String cell = rows.remove(name);
			List<String> defaultValue = defaultOf(item);
			boolean literal = defaultValue != null && !defaultValue.isEmpty();
			if (cell == null) {
				result.add(name + " has no row");
			}
			else if (literal ? !cell.equals("`" + String.join(",", defaultValue) + "`") : cell.contains("`")) {
				result.add("%s has default %s, not %s".formatted(name, cell, defaultValue));
			}
		});
		rows.keySet().forEach((name) -> result.add(name + " does not exist"));
		return result;
	}

}
