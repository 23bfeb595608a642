package io.github.awssecrets.reference;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JsonDocument}.
 */
class JsonDocumentTests {

	@ParameterizedTest
	@ValueSource(strings = { "{}", "[]", "{\"a\":\"b\"}", "{ \"a\" : \"b\" , \"c\" : \"d\" }\n", " \t\r\n{\"a\":null}",
			"{\"a\":1,\"b\":-0.50e+1,\"c\":true,\"d\":false}", "{\"a\":\"\",\"b\":\"x\"}",
			"{\"a\":\"\\u0041\",\"b\":\"B\"}", "{\"a\":\"\\\"\",\"b\":\"c\"}", "{\"a\":\"\\\\\",\"b\":\"c\"}",
			"{\"a\":\"\\\\\\\"c\",\"b\":\"c\"}", "{\"a\\u0041\":\"b\"}",
			"{\"a\":{\"b\":[1,2,{\"c\":\"\\n\"}]},\"d\":\"e\"}", "[1,[2,[3]],\"\\u0034\",null]", "{\"a\":[],\"b\":{}}",
			"{\"ä\":\"\uD83D\uDE00\"}" })
	void textIsThatOfTheDocument(String text) {
		assertThat(JsonDocument.parse(text).text()).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "text", "1", "\"a\"", "{", "{\"a\":1,\"a\":}", "\uFEFF{}" })
	void textWhenThisIsNoJsonIsNotKept(String text) {
		assertThat(JsonDocument.parse(text).text()).isNull();
	}

}
