package io.github.awssecrets.reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Property-based tests of keys in JSON secrets, valid and damaged.
 */
@ExtendWith(Seeds.class)
class SecretContentFuzzTests {

	private static final int RUNS = 200;

	@ParameterizedTest(name = "-Dseed={0}")
	@MethodSource("io.github.awssecrets.reference.Seeds#seeds")
	void findWhenJsonIsValidReturnsEveryValueAsItStands(long seed) {
		RandomGenerator random = new SplittableRandom(seed);
		for (int i = 0; i < RUNS; i++) {
			Document document = new Document(random);
			SecretContent content = SecretContent.ofText(document.text);
			document.values.forEach((pointer, value) -> {
				KeyResult expected = (value != null) ? new KeyResult.Found(value)
						: new KeyResult.NullValue(new KeySelector.Pointer(pointer).toString());
				assertThat(content.find(new KeySelector.Pointer(pointer)))
					.as(() -> Seeds.describe(seed, document.text + " " + pointer))
					.isEqualTo(expected);
			});
			assertThat(content.whole()).as(() -> Seeds.describe(seed, document.text)).isEqualTo(document.text);
		}
	}

	@ParameterizedTest(name = "-Dseed={0}")
	@MethodSource("io.github.awssecrets.reference.Seeds#seeds")
	void findWhenJsonIsDamagedNeitherThrowsNorLeaks(long seed) {
		RandomGenerator random = new SplittableRandom(seed);
		Generator generator = new Generator(seed);
		int malformed = 0;
		for (int i = 0; i < RUNS; i++) {
			Document document = new Document(random);
			String damaged = damage(document.text, random);
			SecretContent content = SecretContent.ofText(damaged);
			for (KeySelector key : keys(document, generator)) {
				KeyResult result = content.find(key);
				if (!(result instanceof KeyResult.NoSuchKey)) {
					assertThat(result.toString()).as(() -> Seeds.describe(seed, key))
						.doesNotContain(Canary.MARKER, "Zq7/c4n");
				}
				malformed += (result instanceof KeyResult.Malformed) ? 1 : 0;
			}
		}
		assertThat(malformed).as("many of the documents are malformed").isGreaterThan(RUNS);
	}

	private static List<KeySelector> keys(Document document, Generator generator) {
		List<KeySelector> keys = new ArrayList<>();
		document.values.keySet().stream().limit(3).map(KeySelector.Pointer::new).forEach(keys::add);
		keys.add(new KeySelector.Exact("k" + generator.hostileText(2)));
		keys.add(generator.reference().key().resolve((placeholder) -> "k"));
		return keys;
	}

	private static String damage(String text, RandomGenerator random) {
		int position = random.nextInt(text.length());
		return switch (random.nextInt(4)) {
			case 0 -> text.substring(0, position);
			case 1 -> text.substring(0, position) + text.substring(position + 1);
			case 2 -> text.substring(0, position) + "\"{}[],:\\\u0000\ud800x1".charAt(random.nextInt(12))
					+ text.substring(position);
			default -> text + text.charAt(position);
		};
	}

	/**
	 * A JSON document, written with random white space, and the values at all of its
	 * pointers ({@code null} for null).
	 */
	private static final class Document {

		private final RandomGenerator random;

		private final StringBuilder out = new StringBuilder();

		private final Map<List<String>, String> values = new LinkedHashMap<>();

		private final String text;

		private int budget;

		Document(RandomGenerator random) {
			this.random = random;
			this.budget = 15;
			space();
			if (random.nextBoolean()) {
				object(List.of());
			}
			else {
				array(List.of());
			}
			space();
			this.text = this.out.toString();
		}

		private void value(List<String> pointer) {
			this.budget--;
			int start = this.out.length();
			switch (this.random.nextInt((this.budget > 0) ? 7 : 5)) {
				case 0 -> {
					string("Zq7/c4n\"\\" + this.budget, pointer);
					return;
				}
				case 1 -> {
					string(Canary.value("fuzz", this.budget) + "\n\ud83d\ude00\ud800", pointer);
					return;
				}
				case 2 -> {
					this.out.append("null");
					this.values.put(pointer, null);
					return;
				}
				case 3 -> this.out.append(this.random.nextBoolean());
				case 4 -> this.out.append(List.of("0", "-0", "1.10", "1e400", "-12.50E-7", "99999999999999999999")
					.get(this.random.nextInt(6)));
				case 5 -> object(pointer);
				default -> array(pointer);
			}
			this.values.put(pointer, this.out.substring(start));
		}

		private void object(List<String> pointer) {
			this.out.append('{');
			int size = this.random.nextInt(5);
			for (int i = 0; i < size; i++) {
				this.out.append((i > 0) ? "," : "");
				String name = List.of("k", "", "a.b", "a/b~", "\u00e9\ud83d\ude00").get(i);
				space();
				quote(name);
				space();
				this.out.append(':');
				space();
				value(append(pointer, name));
				space();
			}
			this.out.append('}');
		}

		private void array(List<String> pointer) {
			this.out.append('[');
			int size = this.random.nextInt(4);
			for (int i = 0; i < size; i++) {
				this.out.append((i > 0) ? "," : "");
				space();
				value(append(pointer, String.valueOf(i)));
				space();
			}
			this.out.append(']');
		}

		private void string(String value, List<String> pointer) {
			quote(value);
			this.values.put(pointer, value);
		}

		private void quote(String value) {
			this.out.append('"');
			for (int i = 0; i < value.length(); i++) {
				char character = value.charAt(i);
				boolean escape = character < ' ' || character == '"' || character == '\\'
						|| this.random.nextInt(8) == 0;
				this.out.append(escape ? "\\u%04x".formatted((int) character) : String.valueOf(character));
			}
			this.out.append('"');
		}

		private void space() {
			this.out.append(List.of("", "", "", " ", "\n\t", "\r\n").get(this.random.nextInt(6)));
		}

		private static List<String> append(List<String> pointer, String token) {
			return Stream.concat(pointer.stream(), Stream.of(token)).toList();
		}

	}

}
