package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import io.github.awssecrets.testing.InProcessRetrieval;
import io.github.awssecrets.testing.Proof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySourcesPropertyResolver;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.util.PropertyPlaceholderHelper;
import org.springframework.util.StringValueResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Property-based test that values reach every reader as they are, whatever they hold, and
 * that Spring does the same with the text around them as without secrets: what it makes
 * of a plain word in place of the reference is what is expected, with the value in place
 * of the word. {@code -Dseed=...} replays a run.
 */
class ValueFuzzTests {

	private static final int ROUNDS = Proof.VALUES.count();

	private static final int PLACEHOLDER_ROUNDS = 5;

	private static final int VALUES = 1000;

	private static final String WORD = "Word7f3a9cWord";

	private static final List<String> VALUE_ALPHABET = List.of("$", "{", "}", "\\", ":", "#", "'", "\"", "${", "#{",
			"\\${", "${x}", "${x:y}", "${plain}", "#{1+1}", "#{systemProperties}", "#{'", "'}", "$<secret:",
			"$<secret:a.b>", "\\$<secret:", "{cipher}", ">", "<", "?", "&", "[", "]", "(", ")", ",", ".", "/", "\n",
			"\r\n", "\t", " ", "a", "b", "1", "\u00e9", "\ud83d\ude00", "\u0000", "\ud800", "\udc00", "\ufdd0",
			"\ufdd1", "\uffff", "*", "%", "@", "!{", "%{");

	private static final List<String> USER_ALPHABET = List.of("$", "{", "}", "\\", ":", "'", "\"", "${", "\\${",
			"${plain}", "${plain:x}", "${none}", "${none:}", "${none:x}", "${none:${plain}}", "\\${plain}", "${nested}",
			"<", "/", "?", "\n", " ", "a", "1", "\u00e9", "\ud83d\ude00", "@", "%", "#");

	private static final Map<String, String> USER_PROPERTIES = Map.of("plain", "text", "nested", "<${plain}>");

	private static final PropertyPlaceholderHelper PLACEHOLDERS = new PropertyPlaceholderHelper("${", "}", ":", '\\',
			false);

	private final SplittableRandom seeds = new SplittableRandom();

	@Test
	void valuesReachReadersAsTheyAre(TestReporter reporter) {
		long seed = Long.getLong("seed", this.seeds.nextLong());
		reporter.publishEntry("seed", String.valueOf(seed));
		SplittableRandom random = new SplittableRandom(seed);
		for (int round = 0; round < ROUNDS; round++) {
			new Round(random.split(), "-Dseed=%d, round %d".formatted(seed, round), "$<secret:%s>").run();
		}
	}

	@Test
	void valuesReachReadersThroughSpringPlaceholdersAsTheyAre(TestReporter reporter) {
		long seed = Long.getLong("seed", this.seeds.nextLong());
		reporter.publishEntry("seed", String.valueOf(seed));
		SplittableRandom random = new SplittableRandom(seed);
		for (int round = 0; round < PLACEHOLDER_ROUNDS; round++) {
			new Round(random.split(), "-Dseed=%d, round %d".formatted(seed, round), "${secret:%s}").run();
		}
	}

	/**
	 * One context with many values.
	 */
	private static final class Round {

		private final RandomGenerator random;

		private final String description;

		private final String notation;

		private final Map<String, Object> yaml = new LinkedHashMap<>();

		private final List<String> values = new ArrayList<>();

		private final TestContext context = new TestContext();

		private final PropertySourcesPropertyResolver plain;

		Round(RandomGenerator random, String description, String notation) {
			this.random = random;
			this.description = description;
			this.notation = notation;
			this.yaml.putAll(USER_PROPERTIES);
			if (isPlaceholder()) {
				this.yaml.put("aws.secrets.spring-placeholders", "true");
			}
			InProcessRetrieval retrieval = this.context.retrieval();
			for (int i = 0; i < VALUES; i++) {
				String value = text(VALUE_ALPHABET, 24);
				retrieval.secret("s" + i, value);
				this.values.add(value);
				String reference = reference(i);
				this.yaml.put("whole.p" + i, reference);
				switch (i % 4) {
					case 0 -> this.yaml.put("other.p" + i, surround(reference));
					case 1 -> this.yaml.put("other.p" + i, "${whole.p" + i + "}");
					case 2 -> this.yaml.put("other.p" + i, surround("${whole.p" + i + "}"));
					default -> this.context.variable("OTHER_P" + i, reference);
				}
			}
			this.plain = plain();
			this.context.source("file", this.yaml);
			this.context.start(Annotated.class);
		}

		private boolean isPlaceholder() {
			return this.notation.startsWith("${");
		}

		private String reference(int i) {
			return this.notation.formatted("s" + i);
		}

		/** What Spring makes of the same properties with a word for each reference. */
		private PropertySourcesPropertyResolver plain() {
			Map<String, Object> words = new LinkedHashMap<>();
			this.yaml
				.forEach((name, text) -> words.put(name, ((String) text).replaceAll("\\$[<{]secret:s\\d+[>}]", WORD)));
			MutablePropertySources sources = new MutablePropertySources();
			sources.addLast(new MapPropertySource("file", words));
			return new PropertySourcesPropertyResolver(sources);
		}

		/** Text with placeholders that all have a value; others are an error. */
		private String surround(String reference) {
			while (true) {
				String text = userText() + WORD + userText();
				try {
					PLACEHOLDERS.replacePlaceholders(text, USER_PROPERTIES::get);
					return text.replace(WORD, reference);
				}
				catch (PlaceholderResolutionException ex) {
					// Another one, then
				}
			}
		}

		private String userText() {
			if (this.random.nextBoolean()) {
				return "";
			}
			String text = text(USER_ALPHABET, 8);
			// A backslash would escape what follows
			return text.endsWith("\\") ? text + "." : text;
		}

		private String text(List<String> alphabet, int maximum) {
			StringBuilder text = new StringBuilder();
			int length = this.random.nextInt(maximum + 1);
			for (int i = 0; i < length; i++) {
				text.append(alphabet.get(this.random.nextInt(alphabet.size())));
			}
			return text.toString();
		}

		void run() {
			try (TestContext closed = this.context) {
				assertThat(closed.retrieval().calls()).isOne();
				Binder binder = closed.binder();
				StringValueResolver embedded = new EmbeddedValueResolver(closed.context().getBeanFactory());
				for (int i = 0; i < VALUES; i++) {
					String value = this.values.get(i);
					for (String name : List.of("whole.p" + i, "other.p" + i)) {
						String expected = expected(name, value);
						check("Environment", name, expected, closed.property(name));
						check("Binder", name, expected, binder.bind(name, String.class).get());
					}
					String text = switch (i % 4) {
						case 0 -> "${whole.p" + i + "}";
						case 1 -> "${other.p" + i + "}";
						case 2 -> reference(i);
						default -> "#{1+1}%s#{'}'}${other.p%d}{".formatted(reference(i), i);
					};
					check("@Value", text, (i % 4 == 3) ? "2" + value + "}" + value + "{" : value,
							embedded.resolveStringValue(text));
					if (isPlaceholder()) {
						check("look-up", text, value, closed.property("secret:s" + i));
						check("look-up", text, "<" + value + ">",
								closed.environment().resolvePlaceholders("<" + reference(i) + ">"));
					}
				}
				Annotated bean = closed.bean(Annotated.class);
				check("@Value", "first", this.values.get(1), bean.first);
				check("@Value", "second", "2" + this.values.get(1) + "{1}", bean.second);
			}
		}

		private String expected(String name, String value) {
			String expected = this.plain.getProperty(name);
			return (expected != null) ? expected.replace(WORD, value) : value;
		}

		private void check(String reader, String name, String expected, String actual) {
			if (!expected.equals(actual)) {
				assertThat(actual).as("%s, %s, %s", this.description, reader, name).isEqualTo(expected);
			}
		}

	}

	static class Annotated {

		@Value("${other.p1}")
		private String first;

		@Value("#{1+1}$<secret:s1>{1}")
		private String second;

	}

}
