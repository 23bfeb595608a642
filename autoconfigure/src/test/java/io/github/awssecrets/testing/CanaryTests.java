package io.github.awssecrets.testing;

import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Canary}. They compare booleans, so that a failure shows no value.
 */
class CanaryTests {

	@Test
	void valueContainsMarkerBetweenTwoWords() {
		String value = Canary.value("prod/db", 1);
		assertThat(value.startsWith(Canary.HEAD + Canary.MARKER)).isTrue();
		assertThat(value.endsWith(Canary.TAIL)).isTrue();
		assertThat(value).hasSize(39);
	}

	@Test
	void valueWhenSameSecretAndVersionIsEqual() {
		assertThat(Canary.value("prod/db", 1).equals(Canary.value("prod/db", 1))).isTrue();
	}

	@Test
	void valueWhenSecretOrVersionDiffersIsUnique() {
		Stream<String> values = IntStream.range(0, 100)
			.boxed()
			.flatMap((n) -> Stream.of(Canary.value("prod/db", n), Canary.value("prod/db" + n, ""),
					Canary.value("prod/db." + n, n)));
		assertThat(values.distinct().count()).isEqualTo(300);
	}

	@Test
	void jsonHoldsEscapedValueForEachKey() {
		String username = Canary.value("prod/db.username", 2).replace("\"", "\\\"");
		String password = Canary.value("prod/db.password", 2).replace("\"", "\\\"");
		String expected = "{\"username\":\"" + username + "\",\"password\":\"" + password + "\"}";
		assertThat(Canary.json("prod/db", 2, "username", "password").equals(expected)).isTrue();
	}

	@Test
	void isInWhenTextLeaks() {
		assertThat(Canary.isIn("{" + Leak.XML_OF_JSON.text() + "}")).isTrue();
		assertThat(Canary.isIn("{harmless}")).isFalse();
	}

}
