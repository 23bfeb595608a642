package io.github.awssecrets.reference;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SecretContent} and {@link KeyResult}.
 */
class SecretContentTests {

	private static final String JSON = """
			{ "password": "p", "port": 1.10, "big": 1e400, "zero": -0, "on": true, "none": null, "empty": "",
			  "a.b": "exact", "a": { "b": "path", "c": {} , "none": null }, "x[0]": "exact",
			  "x": [ 10, { "y": [ "deep" ] }, null ], "": "unnamed", "pass/word~": "odd", "#": "hash",
			  "obj" : {"k" :[1, 2.50 ],"e":"\\u00e9"} }
			""";

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			.password          | p
			.port              | 1.10
			.big               | 1e400
			.zero              | -0
			.on                | true
			.empty             | ''
			.a.b               | exact
			.a\\.b             | exact
			.x[0]              | exact
			.x[1].y[0]         | deep
			.x\\[0]            | exact
			.x                 | [ 10, { "y": [ "deep" ] }, null ]
			.a.c               | {}
			.obj               | {"k" :[1, 2.50 ],"e":"\\u00e9"}
			.obj.k             | [1, 2.50 ]
			.obj.k[1]          | 2.50
			.obj.e             | \u00e9
			#a.b               | exact
			##                 | hash
			#password          | p
			#pass/word~        | odd
			#/pass~1word~0     | odd
			#/a/b              | path
			#/a.b              | exact
			#/x/0              | 10
			#/x/1/y/0          | deep
			#/                 | unnamed
			""")
	void findWhenKeyExistsReturnsValue(String key, String value) {
		assertThat(find(JSON, key)).isEqualTo(new KeyResult.Found(value));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					.nope              | true  | NoSuchKey[parent=, name=nope, available=[, #, a, a.b, big, empty, none, obj, on, pass/word~, password, port, x, x[0], zero]]
					.a.nope            | true  | NoSuchKey[parent=a, name=nope, available=[b, c, none]]
					.x[1].nope         | true  | NoSuchKey[parent=x[1], name=nope, available=[y]]
					#/x/1/y~1/0        | true  | NoSuchKey[parent=/x/1, name=y/, available=[y]]
					#a.c               | true  | NoSuchKey[parent=, name=a.c, available=[, #, a, a.b, big, empty, none, obj, on, pass/word~, password, port, x, x[0], zero]]
					.none              | true  | NullValue[at=none]
					.a.none            | true  | NullValue[at=a.none]
					.none.deeper       | true  | NullValue[at=none]
					.none[0]           | true  | NullValue[at=none]
					.x[2]              | true  | NullValue[at=x[2]]
					#/none             | true  | NullValue[at=/none]
					.x[3]              | true  | IndexOutOfRange[at=x, index=3, size=3]
					#/x/3              | true  | IndexOutOfRange[at=/x, index=3, size=3]
					#/x/-              | true  | IndexOutOfRange[at=/x, index=3, size=3]
					.password.deeper   | false | NotAnObject[at=password]
					.x.deeper          | false | NotAnObject[at=x]
					#/x/01             | false | NotAnObject[at=/x]
					.a[0]              | false | NotAnArray[at=a]
					.[0]               | false | NotAnArray[at=]
					""")
	void findWhenKeyDoesNotExistTellsWhy(String key, boolean missing, String result) {
		assertThat(find(JSON, key)).hasToString(result).returns(missing, KeyResult::isMissing);
	}

	@Test
	void findWhenRootIsArrayReturnsElements() {
		assertThat(find(" [1, [2]]", ".[1][0]")).isEqualTo(new KeyResult.Found("2"));
		assertThat(find(" [1, [2]]", "#/1")).isEqualTo(new KeyResult.Found("[2]"));
		assertThat(find("[1]", ".a")).isEqualTo(new KeyResult.NotAnObject(""));
		assertThat(find("[1]", "#a")).isEqualTo(new KeyResult.NotAnObject(""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "text", "42", "\"{}\"", "true", "null", "\u0000{}", "-----BEGIN", "\uFEFFtext" })
	void findWhenTextIsNotJsonReturnsNotJson(String text) {
		assertThat(find(text, ".a")).isEqualTo(new KeyResult.NotJson()).returns(false, KeyResult::isMissing);
		assertThat(find(text, "#")).isEqualTo(new KeyResult.Found(text));
		assertThat(SecretContent.ofText(text).keys()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
			{                    | not valid JSON at line 1, column 2
			{"a":1,}             | not valid JSON at line 1, column 8
			{"a":VALUE}          | not valid JSON at line 1, column 6
			{"a":01}             | not valid JSON at line 1, column 7
			{'a':1}              | not valid JSON at line 1, column 2
			{"a":1}}             | not valid JSON at line 1, column 8
			{"a":1} {"b":2}      | text after the end of the JSON at line 1, column 9
			{"a":1} 2            | text after the end of the JSON at line 1, column 9
			{"a":1,"a":1}        | key 'a' stands twice in one object
			{"b":[{"a":1,"a":1}]}| key 'a' stands twice in one object
			{cipher}VALUE        | not valid JSON at line 1, column 2
			""")
	void findWhenTextIsMalformedTellsPlace(String text, String reason) {
		SecretContent content = SecretContent.ofText(text);
		assertThat(content.find(selector(".a"))).isEqualTo(new KeyResult.Malformed(reason))
			.returns(false, KeyResult::isMissing);
		assertThat(content.keys()).isEmpty();
		assertThat(content.whole()).isEqualTo(text);
	}

	@Test
	void findWhenTextStartsWithByteOrderMarkSaysSo() {
		assertThat(find("\uFEFF {}", ".a")).isEqualTo(new KeyResult.Malformed("starts with a byte order mark"));
	}

	@Test
	void findWhenControlCharacterIsNotEscapedReturnsMalformed() {
		assertThat(find("{\"a\":\"x\u0000\"}", ".a")).isInstanceOf(KeyResult.Malformed.class);
	}

	@Test
	void findWhenCharactersAreUnusualReturnsThemAsTheyAre() {
		String unusual = "\ud83d\ude00\ud800\udc00\ud800 \uFEFF\u2028\udfff";
		assertThat(find("{\"" + unusual + "\":\"" + unusual + "\"}", "#" + unusual))
			.isEqualTo(new KeyResult.Found(unusual));
		assertThat(find("{\"a\":\"\\u0000\\ud800\\ud83d\\ude00\\/\\n\"}", ".a"))
			.isEqualTo(new KeyResult.Found("\u0000\ud800\ud83d\ude00/\n"));
	}

	@Test
	void findWhenNestedDeeplyNeitherOverflowsNorFails() {
		String deepest = "[".repeat(JsonReader.MAXIMUM_DEPTH) + "]".repeat(JsonReader.MAXIMUM_DEPTH);
		assertThat(find(deepest, "#" + "/0".repeat(JsonReader.MAXIMUM_DEPTH - 1))).isEqualTo(new KeyResult.Found("[]"));
		for (int depth : new int[] { JsonReader.MAXIMUM_DEPTH + 1, 32_000 }) {
			assertThat(find("[".repeat(depth) + "]".repeat(depth), ".a"))
				.isEqualTo(new KeyResult.Malformed("nested more than 1000 levels deep"));
		}
	}

	@Test
	void findWhenValueIsAsLongAsSecretMayBeReturnsIt() {
		String digits = "1".repeat(65_000);
		assertThat(find("{\"a\":" + digits + "}", ".a")).isEqualTo(new KeyResult.Found(digits));
		assertThat(find("{\"a\":\"" + digits + "\"}", ".a")).isEqualTo(new KeyResult.Found(digits));
		assertThat(find("{\"" + digits + "\":1}", "#" + digits)).isEqualTo(new KeyResult.Found("1"));
	}

	@Test
	void findWhenBinaryReturnsWholeAsBase64AndNoKeys() {
		SecretContent content = SecretContent.ofBinary("{\"a\":1}\u00ff".getBytes(StandardCharsets.UTF_8));
		assertThat(content.isBinary()).isTrue();
		assertThat(content.whole()).isEqualTo("eyJhIjoxfcO/");
		assertThat(content.find(new KeySelector.Whole())).isEqualTo(new KeyResult.Found("eyJhIjoxfcO/"));
		assertThat(content.find(selector(".a"))).isEqualTo(new KeyResult.Binary()).returns(false, KeyResult::isMissing);
		assertThat(content.keys()).isEmpty();
	}

	@Test
	void ofBinaryWhenBytesChangeLaterKeepsOriginal() {
		byte[] bytes = { 1 };
		SecretContent content = SecretContent.ofBinary(bytes);
		bytes[0] = 2;
		assertThat(content.whole()).isEqualTo("AQ==");
	}

	@Test
	void keysWhenJsonObjectReturnsSortedNames() {
		assertThat(SecretContent.ofText("{\"b\":1,\"a\":{\"c\":1}}").keys()).containsExactly("a", "b");
	}

	@Test
	void toStringShowsNothingOfTheSecret() {
		String value = Canary.value("prod/db", 1);
		SecretContent text = SecretContent.ofText(Canary.json("prod/db", 1, "a"));
		assertThat(text.isBinary()).isFalse();
		assertThat(text).hasToString("SecretContent[text]").isNotInstanceOf(Serializable.class);
		assertThat(text.find(selector(".a"))).isInstanceOf(KeyResult.Found.class).hasToString("Found[value=***]");
		assertThat(SecretContent.ofBinary(value.getBytes(StandardCharsets.UTF_8))).hasToString("SecretContent[binary]");
	}

	@Test
	void findWhenManyThreadsAskFirstAllGetTheValue() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(4);
		try {
			SecretContent content = SecretContent.ofText(JSON);
			Callable<KeyResult> task = () -> content.find(selector(".password"));
			assertThat(executor.invokeAll(Collections.nCopies(100, task)))
				.allSatisfy((future) -> assertThat(future.get()).isEqualTo(new KeyResult.Found("p")));
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void describeTellsTheKeyInWords() {
		assertThat(List.of("#", ".a.b[0]", "#a.b", "#/a~1b/0")).extracting((key) -> selector(key).describe())
			.containsExactly("the whole secret", "key 'a.b[0]'", "key 'a.b'", "pointer '/a~1b/0'");
	}

	private static KeyResult find(String text, String key) {
		return SecretContent.ofText(text).find(selector(key));
	}

	private static KeySelector selector(String key) {
		return ReferenceText.parse("$<secret:db" + key + ">")
			.references()
			.get(0)
			.key()
			.resolve(UnaryOperator.identity());
	}

	@Test
	void lackOfKeysWhenObjectIsNone() {
		assertThat(SecretContent.ofText(" {}").lackOfKeys()).isNull();
		assertThat(SecretContent.ofText("{\"a\":null}").lackOfKeys()).isNull();
	}

	@Test
	void lackOfKeysWhenNotObjectIsTheReason() {
		assertThat(SecretContent.ofText("[{}]").lackOfKeys()).isEqualTo(new KeyResult.NotAnObject(""));
		assertThat(SecretContent.ofText("text").lackOfKeys()).isEqualTo(new KeyResult.NotJson());
		assertThat(SecretContent.ofText("").lackOfKeys()).isEqualTo(new KeyResult.NotJson());
		assertThat(SecretContent.ofText("{\"a\":}").lackOfKeys()).isInstanceOf(KeyResult.Malformed.class);
		assertThat(SecretContent.ofBinary(new byte[] { '{', '}' }).lackOfKeys()).isEqualTo(new KeyResult.Binary());
	}

}
