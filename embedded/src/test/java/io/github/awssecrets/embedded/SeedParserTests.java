package io.github.awssecrets.embedded;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SeedParser}.
 */
class SeedParserTests {

	private static final String HIDDEN = "embedded-hidden-7";

	@Test
	void documentReadsTextsObjectsAndBytes() {
		List<Seed> seeds = SeedParser.document("""
				{
				  "prod/token": "a \\"quoted\\" text",
				  "prod/db": { "port" : 1.10,
				    "nested": {"a": [1, {"b": "}"}]} },
				  "prod/key": {"$binary": "AQID"}
				}
				""", "test");
		assertThat(seeds).containsExactly(new Seed("prod/token", SecretContent.ofString("a \"quoted\" text")),
				new Seed("prod/db", SecretContent.ofString("""
						{ "port" : 1.10,
						    "nested": {"a": [1, {"b": "}"}]} }""")),
				new Seed("prod/key", SecretContent.ofBinary(new byte[] { 1, 2, 3 })));
	}

	@Test
	void documentWhenTextIsLongKeepsItWhole() {
		String object = "{\"emoji\":\"😀\",\"pad\":\"" + "x".repeat(20_000) + "\",\"end\":true}";
		List<Seed> seeds = SeedParser.document("{\"a\":\"" + "ü".repeat(20_000) + "\",\"b\":" + object + "}", "test");
		assertThat(seeds.get(1).content()).isEqualTo(SecretContent.ofString(object));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "null", "{\"a\":\"" + HIDDEN, "{\"a\":\"" + HIDDEN + "\"} x",
			"{\"a\":" + HIDDEN + "}", "{\"a\":\"" + HIDDEN + "\",\"a\":\"b\"}", "{\"a b\":\"" + HIDDEN + "\"}",
			"{\"a\":[\"" + HIDDEN + "\"]}", "{\"a\":{\"$binary\":\"" + HIDDEN + "\"}}", "{\"a\":\"\"}" })
	void documentWhenMalformedSaysWhereAndNotWhat(String json) {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> SeedParser.document(json, "secrets.json"))
			.withMessageMatching("secrets\\.json, line \\d+, column \\d+: .+")
			.withNoCause()
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain(HIDDEN));
	}

	@Test
	void lineSplitsAtTheFirstEqualsSignBetweenBlanks() {
		assertThat(SeedParser.line("a=b = c = d ")).isEqualTo(new Seed("a=b", SecretContent.ofString("c = d ")));
		assertThat(SeedParser.line("prod/db = {\"a\":1.10}"))
			.isEqualTo(new Seed("prod/db", SecretContent.ofString("{\"a\":1.10}")));
		assertThat(SeedParser.line("key = {\"$binary\":\"AQID\"}"))
			.isEqualTo(new Seed("key", SecretContent.ofBinary(new byte[] { 1, 2, 3 })));
	}

	@Test
	void lineWhenValueIsMalformedJsonKeepsItAsText() {
		assertThat(SeedParser.line("a = {\"b\":")).isEqualTo(new Seed("a", SecretContent.ofString("{\"b\":")));
	}

	@ParameterizedTest
	@ValueSource(strings = { HIDDEN, "a=" + HIDDEN, "a b = " + HIDDEN, "a = ", "a = {\"$binary\":\"" + HIDDEN + "\"}" })
	void lineWhenMalformedDoesNotTellTheValue(String line) {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> SeedParser.line(line))
			.withMessageStartingWith("Malformed line: ")
			.withNoCause()
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain(HIDDEN));
	}

}
