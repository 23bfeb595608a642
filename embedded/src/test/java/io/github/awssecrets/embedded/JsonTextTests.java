package io.github.awssecrets.embedded;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link JsonText}.
 */
class JsonTextTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"a":"x","b":1.10}      | a | {"a":"new","b":1.10}
			{ "a" : "x\\"y" , "b":1}| a | { "a" : "new" , "b":1}
			{"a":1.10,"b":2}        | a | {"a":"new","b":2}
			{"a":[1,{"a":2}],"b":2} | b | {"a":[1,{"a":2}],"b":"new"}
			{"a":{"b":1},"b":null}  | b | {"a":{"b":1},"b":"new"}
			{"a":{"b":1}}           | a | {"a":"new"}
			{"a":true}              | a | {"a":"new"}
			{"é":"😀","a":"ü"}       | a | {"é":"😀","a":"new"}
			""")
	void replaceChangesThatValueAlone(String json, String key, String expected) {
		assertThat(JsonText.replace(json, key, "new")).isEqualTo(expected);
	}

	@Test
	void replaceEscapesTheNewValue() {
		assertThat(JsonText.replace("{\"a\":1}", "a", "\"\\\n")).isEqualTo("{\"a\":\"\\\"\\\\\\n\"}");
	}

	@Test
	void replaceWhenKeyIsMissingNamesTheKeys() {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> JsonText.replace("{\"a\":\"embedded-hidden-7\",\"b\":{\"c\":1}}", "c", "new"))
			.withMessage("it has no key 'c' among [a, b]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "embedded-hidden-7", "[\"embedded-hidden-7\"]", "{\"a\":embedded-hidden-7}",
			"{\"a\":\"embedded-hidden-7" })
	void replaceWhenNotAJsonObjectDoesNotTellTheText(String json) {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> JsonText.replace(json, "a", "new"))
			.withNoCause()
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("embedded-hidden-7"));
	}

}
