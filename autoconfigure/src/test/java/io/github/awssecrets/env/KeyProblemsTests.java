package io.github.awssecrets.env;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.testing.Canary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KeyProblems}.
 */
class KeyProblemsTests {

	private static final String JSON = """
			{"username":"u","password":%s,"null":null,"list":["a",{"b":"c"},null],"empty":[],"none":{},
			"nested":{"key":"value"},"pass.word":"x"}""".formatted(Canary.json("prod/db", 1, "a"));

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					$<secret:prod/db.pasword>      | prod/db has no key 'pasword'. Its keys: empty, list, nested, none, null, pass.word, password, username. / Did you mean 'password'?
					$<secret:prod/db.USERNAME>     | prod/db has no key 'USERNAME'. Its keys: empty, list, nested, none, null, pass.word, password, username. / Did you mean 'username'?
					$<secret:prod/db.token>        | prod/db has no key 'token'. Its keys: empty, list, nested, none, null, pass.word, password, username. / Add the key to the secret, correct the reference, or give it a default.
					$<secret:prod/db#usernmae>     | prod/db has no key 'usernmae'. Its keys: empty, list, nested, none, null, pass.word, password, username. / Did you mean 'username'?
					$<secret:prod/db#/nested/kez>  | prod/db has no key 'kez' in '/nested'. The keys there: key. / Did you mean 'key'?
					$<secret:prod/db.nested.other> | prod/db has no key 'other' in 'nested'. The keys there: key. (Looked for key 'nested.other' of 'prod/db'; for a secret called 'prod/db.nested.other' write $<secret:prod/db.nested.other#>.) / Add the key to the secret, correct the reference, or give it a default.
					$<secret:prod/db.none.key>     | prod/db has no key 'key' in 'none', nor any other. (Looked for key 'none.key' of 'prod/db'; for a secret called 'prod/db.none.key' write $<secret:prod/db.none.key#>.) / Add the key to the secret, correct the reference, or give it a default.
					$<secret:prod/db.null>         | prod/db has null for key 'null'. / Put a value into the secret, or give the reference a default.
					$<secret:prod/db.null.key>     | prod/db has null for key 'null'. / Put a value into the secret, or give the reference a default.
					$<secret:prod/db.list[2]>      | prod/db has null for key 'list[2]'. / Put a value into the secret, or give the reference a default.
					$<secret:prod/db.list[3]>      | prod/db has no key 'list[3]': the array 'list' has 3 elements. / Correct the index, which counts from 0.
					$<secret:prod/db.empty[0]>     | prod/db has no key 'empty[0]': the array 'empty' has no elements. / Correct the index, which counts from 0.
					$<secret:prod/db#/list/->      | prod/db has nothing at pointer '/list/-': the array '/list' has 3 elements. / Correct the index, which counts from 0.
					$<secret:prod/db.list.key>     | prod/db has no key 'list.key': the value 'list' is not a JSON object. / Correct the key, or the secret.
					$<secret:prod/db#/list/b>      | prod/db has nothing at pointer '/list/b': the value '/list' is not a JSON object. / Correct the key, or the secret.
					$<secret:prod/db.username.key> | prod/db has no key 'username.key': the value 'username' is not a JSON object. / Correct the key, or the secret.
					$<secret:prod/db.nested[0]>    | prod/db has no key 'nested[0]': the value 'nested' is not a JSON array. / Correct the key, or the secret.
					$<secret:prod/db.[0]>          | prod/db has no key '[0]': the value at the top is not a JSON array. / Correct the key, or the secret.
					""")
	void describeWhenKeyHasNoValueSaysWhy(String reference, String text) {
		assertThat(text(reference, SecretContent.ofText(JSON))).isEqualTo(text.replace(" / ", "\n"));
	}

	@Test
	void describeWhenSecretIsNotJsonSuggestsTheWhole() {
		assertThat(text("$<secret:prod/db.key>", SecretContent.ofText(Canary.value("prod/db", 1)))).isEqualTo("""
				prod/db is a text that is not JSON, and so has no key 'key'.
				Write $<secret:prod/db> for the whole of it, or put a JSON object into it.""");
	}

	@Test
	void describeWhenSecretIsBinarySuggestsTheWhole() {
		byte[] bytes = Canary.value("my.key", 1).getBytes(StandardCharsets.UTF_8);
		assertThat(text("$<secret:my.key#/a>", SecretContent.ofBinary(bytes))).isEqualTo("""
				my.key is a binary secret, and so has nothing at pointer '/a'.
				Write $<secret:my.key#> for the whole of it, or put a JSON object into it.""");
	}

	@Test
	void describeWhenJsonIsMalformedNeverShowsIt() {
		String json = Canary.json("prod/db", 1, "a");
		assertThat(text("$<secret:prod/db.a>", SecretContent.ofText(json + Canary.value("prod/db", 1)))).isEqualTo("""
				prod/db is malformed JSON: not valid JSON at line 1, column 49.
				Correct the secret; a default applies only where there is no secret or no key.""");
	}

	@Test
	void describeWhenArrayIsAtTheTopSaysSo() {
		assertThat(text("$<secret:prod/db#/1>", SecretContent.ofText("[1]"))).isEqualTo("""
				prod/db has nothing at pointer '/1': the array at the top has 1 element.
				Correct the index, which counts from 0.""");
	}

	@Test
	void describeWhenThereAreManyKeysListsSome() {
		String json = IntStream.range(0, 40)
			.mapToObj((i) -> "\"key%02d\":%d".formatted(i, i))
			.collect(Collectors.joining(",", "{", "}"));
		assertThat(text("$<secret:prod/db#another>", SecretContent.ofText(json))).isEqualTo(
				"""
						prod/db has no key 'another'. Its keys: key00, key01, key02, key03, key04, key05, key06, key07, key08, key09, key10, key11, key12, key13, key14, \
						key15, key16, key17, key18, key19, key20, key21, key22, key23, key24, key25, key26, key27, key28, key29 and 10 more.
						Add the key to the secret, correct the reference, or give it a default.""");
	}

	@ParameterizedTest
	@CsvSource({ "abcdef, abcdfe, abcdfe", "abcdef, bacdef, bacdef", "abcdef, badcef, badcef", "abcdef, badcfe, ",
			"abcdef, abXdef, abXdef", "abcdef, abXYef, abXYef", "abcdef, abXYZf, ", "abcdef, abcdefgh, abcdefgh",
			"abcdef, abcdefghi, ", "abcdef, abcd, abcd", "abcdef, abc, ", "ab, ax, ax", "ab, xy, ", "ab, ba, ba",
			"abc, cab, ", "abab, baba, " })
	void describeWhenKeyIsSimilarAsksForIt(String wanted, String key, @Nullable String suggestion) {
		String text = text("$<secret:prod/db#%s>".formatted(wanted), SecretContent.ofText("{\"%s\":1}".formatted(key)));
		if (suggestion != null) {
			assertThat(text).endsWith("Did you mean '%s'?".formatted(suggestion));
		}
		else {
			assertThat(text).doesNotContain("Did you mean");
		}
	}

	@Test
	void describeWhenSeveralKeysAreSimilarAsksForTheMostSimilar() {
		assertThat(text("$<secret:prod/db#password>",
				SecretContent.ofText("{\"apasswor\":1,\"passwort\":1,\"qassword\":1}")))
			.endsWith("Did you mean 'passwort'?");
	}

	@Test
	void listWhenThereAreNoneSaysSo() {
		assertThat(KeyProblems.list(List.of())).isEqualTo("none");
	}

	@Test
	void listWhenThereAreJustAsManyAsFitListsAll() {
		List<String> keys = IntStream.range(0, 30).mapToObj("k%d"::formatted).toList();
		assertThat(KeyProblems.list(keys)).isEqualTo(String.join(", ", keys));
	}

	@Test
	void describeNamesSecretAndRegion() {
		assertThat(problem("$<secret:prod/db.pasword>", SecretContent.ofText(JSON)).secret())
			.isEqualTo(new AskedSecret("prod/db", "eu-west-1", null));
	}

	private static String text(String reference, SecretContent content) {
		ReferenceProblem problem = problem(reference, content);
		return problem.description() + "\n" + problem.action();
	}

	private static ReferenceProblem problem(String reference, SecretContent content) {
		Uses uses = Uses.of(reference);
		SecretVersion version = new SecretVersion("arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf",
				"prod/db", "eu-west-1", "7179a0a0-0000-0000-0000-000000000000", Set.of("AWSCURRENT"), content, null,
				Instant.EPOCH);
		return KeyProblems.describe(uses.use(), uses.reference(), version, content.find(uses.reference().key()));
	}

}
