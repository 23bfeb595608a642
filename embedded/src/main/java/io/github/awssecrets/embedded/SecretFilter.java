package io.github.awssecrets.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * One filter of ListSecrets or BatchGetSecretValue. A secret passes if one of its
 * attributes matches one of the values; a value that begins with {@code !} matches what
 * the rest of it does not.
 *
 * @param key the attributes it looks at, and how
 * @param values the values, one at least
 * @see <a href=
 * "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Filter.html">Filter</a>
 */
record SecretFilter(Key key, List<String> values) {

	static SecretFilter of(Parameters filter) {
		String name = filter.requiredString("Key", 1, 512);
		List<String> values = filter.strings("Values", 10, 512);
		if (values == null) {
			throw ApiException.invalidParameter("Invalid filter values for key: " + name);
		}
		return new SecretFilter(Key.of(name), values);
	}

	static boolean allMatch(Collection<SecretFilter> filters, Secret secret) {
		return filters.stream().allMatch((filter) -> filter.matches(secret));
	}

	boolean matches(Secret secret) {
		List<String> attributes = this.key.attributes(secret).stream().map(this.key::fold).toList();
		return this.values.stream().anyMatch((value) -> matches(attributes, this.key.fold(value)));
	}

	private boolean matches(List<String> attributes, String value) {
		return value.startsWith("!") ? !anyStartsWith(attributes, value.substring(1))
				: anyStartsWith(attributes, value);
	}

	private boolean anyStartsWith(List<String> attributes, String value) {
		return attributes.stream().anyMatch((attribute) -> this.key.matches(attribute, value));
	}

	/**
	 * What a filter looks at. All match prefixes; {@code all} those of words, and
	 * {@code description} and {@code all} whatever the case.
	 */
	enum Key {

		NAME("name", true), DESCRIPTION("description", false), TAG_KEY("tag-key", true), TAG_VALUE("tag-value", true),

		PRIMARY_REGION("primary-region", true), OWNING_SERVICE("owning-service", true), ALL("all", false);

		private final String parameter;

		private final boolean caseSensitive;

		Key(String parameter, boolean caseSensitive) {
			this.parameter = parameter;
			this.caseSensitive = caseSensitive;
		}

		static Key of(String name) {
			return Arrays.stream(values())
				.filter((key) -> key.parameter.equals(name))
				.findFirst()
				.orElseThrow(() -> Parameters.violation(name, "filters.1.member.key",
						Arrays.stream(values())
							.map((key) -> key.parameter)
							.collect(Collectors.joining(", ", "Member must satisfy enum value set: [", "]"))));
		}

		private List<String> attributes(Secret secret) {
			return switch (this) {
				case NAME -> List.of(secret.name());
				case DESCRIPTION -> listOf(secret.metadata().description());
				case TAG_KEY -> List.copyOf(secret.metadata().tags().keySet());
				case TAG_VALUE -> List.copyOf(secret.metadata().tags().values());
				case PRIMARY_REGION, OWNING_SERVICE -> List.of();
				case ALL -> everything(secret);
			};
		}

		private String fold(String text) {
			return this.caseSensitive ? text : text.toLowerCase(Locale.ROOT);
		}

		private boolean matches(String attribute, String value) {
			if (this != ALL) {
				return attribute.startsWith(value);
			}
			List<String> words = words(attribute);
			return words(value).stream()
				.allMatch((wanted) -> words.stream().anyMatch((word) -> word.startsWith(wanted)));
		}

		private static List<String> words(String text) {
			return Arrays.stream(text.split("[^\\p{Alnum}]+")).filter((word) -> !word.isEmpty()).toList();
		}

		private static List<String> everything(Secret secret) {
			List<String> all = new ArrayList<>(List.of(secret.name()));
			all.addAll(listOf(secret.metadata().description()));
			for (Map.Entry<String, String> tag : secret.metadata().tags().entrySet()) {
				all.add(tag.getKey());
				all.add(tag.getValue());
			}
			return all;
		}

		private static List<String> listOf(@Nullable String text) {
			return (text != null) ? List.of(text) : List.of();
		}

	}

}
