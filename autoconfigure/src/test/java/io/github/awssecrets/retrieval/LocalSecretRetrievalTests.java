package io.github.awssecrets.retrieval;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.awssecrets.reference.KeyResult;
import io.github.awssecrets.reference.ReferenceText;
import io.github.awssecrets.reference.ResolvedReference;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.CanaryScanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link LocalSecretRetrieval}.
 */
class LocalSecretRetrievalTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	private static final String ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf";

	private static final String OTHER_ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-GhIjKl";

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			prod/db.number      | 1.10
			prod/db.integer     | 42
			prod/db.octal       | 010
			prod/db.hex         | 0x1F
			prod/db.long        | 12345678901234567890123
			prod/db.exponent    | 1e3
			prod/db.truth       | true
			prod/db.yes         | yes
			prod/db.date        | 2026-11-22
			prod/db.time        | 12:30:45
			prod/db.quoted      | 1.10
			prod/db.empty       | ``
			prod/db.nested.list[1].a | b
			prod/db.nested      | {"list":[1.10,{"a":"b"}],"yes":"no","1":null}
			prod/db.same.a      | b
			prod/db.text        | a\\b ${x} #{1+1} $<secret:prod/db>
			prod/number         | 1.10
			prod/date           | 2026-11-22
			prod/list#/0        | a
			prod/json.a         | 1.10
			prod/json           | {"a":1.10,"b":{"c":[true,null]}}
			my.dotted.name#     | dotted
			my.dotted.name#?stage=AWSPREVIOUS | before
			prod/db?version=00000000-0000-4000-8000-000000000001 | third
			prod/db.integer?stage=AWSCURRENT  | 42
			prod/db.integer?region=eu-west-1  | 42
			""")
	void findWhenReferredToIsTextOfFile(String reference, String value) {
		assertThat(read("""
				prod/db:
				  number: 1.10
				  integer: 42
				  octal: 010
				  hex: 0x1F
				  long: 12345678901234567890123
				  exponent: 1e3
				  truth: true
				  yes: yes
				  date: 2026-11-22
				  time: 12:30:45
				  quoted: "1.10"
				  empty: ""
				  nested: { list: [ 1.10, &a { a: b } ], yes: no, 1: ~ }
				  same: *a
				  text: 'a\\b ${x} #{1+1} $<secret:prod/db>'
				prod/number: 1.10
				prod/date: 2026-11-22
				prod/list: [ a ]
				prod/json: {"a":1.10,"b":{"c":[true,null]}}
				my.dotted.name: dotted
				my.dotted.name?stage=AWSPREVIOUS: before
				prod/db?version=00000000-0000-4000-8000-000000000001: third
				""", reference)).isEqualTo(value);
	}

	@Test
	void findWhenFileIsJsonIsSame() {
		assertThat(read("{\n\t\"prod/db\":{\"a\":1.10,\"smile\":\"\\ud83d\\ude00\\n\"}\n}", "prod/db.a"))
			.isEqualTo("1.10");
		assertThat(read("{\n\t\"prod/db\":{\"a\":1.10,\"smile\":\"\\ud83d\\ude00\\n\"}\n}", "prod/db.smile"))
			.isEqualTo("\ud83d\ude00\n");
	}

	@Test
	void findWhenBinaryIsBase64OfBytes() {
		byte[] bytes = Canary.value("prod/key", 1).getBytes(StandardCharsets.UTF_8);
		String base64 = Base64.getEncoder().encodeToString(bytes);
		String yaml = "prod/key: !!binary |\n  %s\n  %s\n".formatted(base64.substring(0, 20), base64.substring(20));
		assertThat(base64.equals(read(yaml, "prod/key"))).isTrue();
	}

	@Test
	void findWhenBlockIsTextWithItsLines() {
		assertThat(read("prod/key: |\n  -----BEGIN\n    abc\n  -----END\n", "prod/key"))
			.isEqualTo("-----BEGIN\n  abc\n-----END\n");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf | west
			arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-GhIjKl | east
			prod/db                  | west
			prod/db?region=us-east-1 | east
			prod/db?region=eu-west-1 | west
			arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/token-AbCdEf | token
			""")
	void findWhenArnIsOrIsNotInFileFindsSecretByEither(String reference, String value) {
		assertThat(read("%s: west\n%s: east\nprod/token: token".formatted(ARN, OTHER_ARN), reference)).isEqualTo(value);
	}

	@Test
	void retrieveWhenRegionIsGivenPrefersIt() {
		String yaml = "prod/db: any\nprod/db?region=us-east-1: east\n";
		assertThat(read(yaml, "prod/db")).isEqualTo("any");
		assertThat(read(yaml, "prod/db?region=us-east-1")).isEqualTo("east");
		assertThat(read(yaml, "prod/db?region=eu-west-1")).isEqualTo("any");
	}

	@Test
	void retrieveWhenSecretIsMissingIsNotFound() {
		RetrievalFailure failure = failure("prod/db?stage=AWSPREVIOUS: x", "prod/other");
		assertThat(failure).extracting(RetrievalFailure::cause, RetrievalFailure::region, RetrievalFailure::detail)
			.containsExactly(Cause.NOT_FOUND, null, "Byte array resource [secrets.yml]");
		assertThat(failure("prod/db: x", "prod/db?stage=AWSPREVIOUS").cause()).isEqualTo(Cause.VERSION_NOT_FOUND);
		assertThat(failure("prod/db?stage=AWSPREVIOUS: x", "prod/db").cause()).isEqualTo(Cause.VERSION_NOT_FOUND);
		assertThat(failure(ARN + ": x", OTHER_ARN).cause()).isEqualTo(Cause.NOT_FOUND);
		assertThat(failure(ARN + ": x", "prod/db?region=us-east-1").cause()).isEqualTo(Cause.NOT_FOUND);
	}

	@Test
	void retrieveWhenTwoNamesMeanOneVersionGivesItTwice() {
		LocalSecretRetrieval retrieval = retrieval(resource(ARN + ": x"));
		RetrievalReport report = retrieval.retrieve(List.of(selector("prod/db"), selector(ARN)), TIMEOUT);
		assertThat(report.versions()).hasSize(1);
		SecretVersion version = report.versions().get(0);
		assertThat(version.arn()).isEqualTo(ARN);
		assertThat(version.name()).isEqualTo("prod/db");
		assertThat(version.stages()).isEqualTo(Set.of("AWSCURRENT"));
		assertThat(report.calls()).isZero();
		assertThat(report.region()).isNull();
	}

	@Test
	void versionIdChangesWithContentOnly() throws IOException {
		Path file = write("prod/db: { a: %s }\nprod/other: { a: %1$s }".formatted(quoted(1)));
		LocalSecretRetrieval retrieval = retrieval(new FileSystemResource(file));
		String first = version(retrieval, "prod/db").versionId();
		assertThat(first).matches("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
		assertThat(version(retrieval, "prod/other").versionId()).isNotEqualTo(first);
		write("# a comment\nprod/db:\n  a: %s\n".formatted(quoted(1)));
		assertThat(version(retrieval, "prod/db").versionId()).isEqualTo(first);
		write("prod/db: { a: %s }".formatted(quoted(2)));
		assertThat(version(retrieval, "prod/db").versionId()).isNotEqualTo(first);
		write("prod/db: { a: %s }".formatted(quoted(1)));
		assertThat(version(retrieval, "prod/db").versionId()).isEqualTo(first);
	}

	@Test
	void versionIdDoesNotLetGuessTheContent() {
		String one = version(retrieval(resource("prod/db: x")), "prod/db").versionId();
		assertThat(version(retrieval(resource("prod/db: x")), "prod/db").versionId()).isNotEqualTo(one);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					``                                 | it is empty. Write {} if there are no secrets
					`# nothing`                        | it is empty. Write {} if there are no secrets
					[ a ]                              | line 1: expected a mapping from names of secrets to their contents
					text                               | line 1: expected a mapping from names of secrets to their contents
					`a: x%n%nb: *VALUE`                | line 3: not valid YAML
					`a: "VALUE\\q"`                    | line 1: not valid YAML
					`a: x%n---%nb: y`                  | line 2: not valid YAML
					`a: x%na: y`                       | line 2: secret 'a' stands twice in the file
					`a?stage=AWSCURRENT: x%na: y`      | line 2: secret 'a' stands twice in the file
					`a:%n  k: x%n  "k": y`             | line 3: key 'k' stands twice in one mapping
					`a:%n  k: [ { 1: x, 1: y } ]`      | line 2: key '1' stands twice in one mapping
					`a:%nb: x`                         | line 1: secret 'a' has no content. Write "" if it is empty
					`a: !secret x`                     | line 1: only the standard tags of YAML are supported
					`a: !!java.net.URL [ 'VALUE' ]`    | line 1: not valid YAML
					`a: { k: !url [ 'VALUE' ] }`       | line 1: only the standard tags of YAML are supported
					`a: &a { k: x }%nb:%n  <<: *a`     | line 3: '<<' is not supported. Write "<<" for a key
					`a: &a [ *a ]`                     | line 1: it contains itself
					`a: { k: !!binary eA== }`          | line 1: !!binary is for a whole secret. JSON has no bytes
					`a: !!binary VALUE!`               | line 1: the text of !!binary is not Base64
					`a:%n  [ k ]: x`                   | line 2: a key must be a text
					`[ a ]: x`                         | line 1: expected the name or ARN of a secret
					`a b: x`                           | line 1: The name of a secret cannot contain a space
					`a?stage=${x}: x`                  | line 1: After the name, only the options stage, version and region may follow
					`a?stage=X>b: x`                   | line 1: After the name, only the options stage, version and region may follow
					`a?stage=X:d: x`                   | line 1: After the name, only the options stage, version and region may follow
					`a?stag=X: x`                      | line 1: Unknown option 'stag'
					""")
	void retrieveWhenFileIsMalformedFailsForEachSecretAndSaysWhere(String yaml, String reason) {
		String text = yaml.formatted().replace("VALUE", Canary.value("a", 1));
		RetrievalReport report = retrieval(resource(text)).retrieve(List.of(selector("a"), selector("b")), TIMEOUT);
		assertThat(report.failures()).hasSize(2);
		report.failures().forEach((failure) -> {
			assertThat(failure.cause()).isEqualTo(Cause.BAD_FILE);
			assertThat(failure.detail()).startsWith("Byte array resource [secrets.yml]: " + reason);
			assertThat(CanaryScanner.scan("failure", failure.toString())).isEmpty();
		});
	}

	@Test
	void retrieveWhenAliasesMultiplyFails() {
		StringBuilder yaml = new StringBuilder("a0: &a0 [ xxxxxxxxxxxxxxxx, x ]\n");
		for (int i = 1; i < 24; i++) {
			yaml.append("a%d: &a%1$d [ *a%d, *a%2$d ]%n".formatted(i, i - 1));
		}
		assertThat(failure(yaml.toString(), "a0").detail()).endsWith("the secret is larger than 65536 bytes");
	}

	@Test
	void retrieveWhenFileIsNotUtf8Fails() {
		Resource file = new ByteArrayResource(new byte[] { 'a', ':', ' ', (byte) 0xFF }, "secrets.yml");
		RetrievalReport report = retrieval(file).retrieve(List.of(selector("a")), TIMEOUT);
		assertThat(report.failures().get(0).detail()).isEqualTo("Byte array resource [secrets.yml]: it is not UTF-8");
	}

	@Test
	void retrieveAgainWhenFileIsBrokenAndRepairedFollows() throws IOException {
		Path file = write("prod/db: one");
		LocalSecretRetrieval retrieval = retrieval(new FileSystemResource(file));
		assertThat(version(retrieval, "prod/db").content().whole()).isEqualTo("one");
		write("prod/db: [");
		assertThat(retrieval.retrieve(List.of(selector("prod/db")), TIMEOUT).failures().get(0).detail())
			.isEqualTo("file [%s]: line 1: not valid YAML".formatted(file));
		Files.delete(file);
		assertThat(retrieval.retrieve(List.of(selector("prod/db")), TIMEOUT).failures().get(0).detail())
			.isEqualTo("file [%s]: it does not exist".formatted(file));
		write("prod/db: two");
		assertThat(version(retrieval, "prod/db").content().whole()).isEqualTo("two");
	}

	@Test
	void retrieveWhenClosedOrWithoutTimeThrows() {
		LocalSecretRetrieval retrieval = retrieval(resource("a: x"));
		assertThatIllegalArgumentException().isThrownBy(() -> retrieval.retrieve(List.of(), Duration.ZERO));
		retrieval.close();
		assertThatIllegalStateException().isThrownBy(() -> retrieval.retrieve(List.of(), TIMEOUT));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a: VALUE", "a: { k: 'VALUE' }" })
	void toStringShowsNoValue(String yaml) {
		RetrievalReport report = retrieval(resource(yaml.replace("VALUE", Canary.value("a", 1))))
			.retrieve(List.of(selector("a")), TIMEOUT);
		assertThat(CanaryScanner.scan("report", report.toString())).isEmpty();
		assertThat(Stream.of(report.toString()).filter((text) -> text.contains("SecretVersion"))).hasSize(1);
	}

	private static String quoted(Object version) {
		return "'" + Canary.value("prod/db.a", version) + "'";
	}

	private Path write(String yaml) throws IOException {
		return Files.writeString(this.directory.resolve("secrets.yml"), yaml);
	}

	private static Resource resource(String yaml) {
		return new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8), "secrets.yml");
	}

	private static LocalSecretRetrieval retrieval(Resource file) {
		return (LocalSecretRetrieval) SecretRetrieval.local(file);
	}

	private static SecretVersion version(LocalSecretRetrieval retrieval, String reference) {
		return retrieval.retrieve(List.of(selector(reference)), TIMEOUT).versions().get(0);
	}

	private static RetrievalFailure failure(String yaml, String reference) {
		return retrieval(resource(yaml)).retrieve(List.of(selector(reference)), TIMEOUT).failures().get(0);
	}

	private static String read(String yaml, String reference) {
		ResolvedReference resolved = resolve(reference);
		KeyResult result = version(retrieval(resource(yaml)), reference).content().find(resolved.key());
		return (result instanceof KeyResult.Found found) ? found.value() : result.toString();
	}

	private static SecretSelector selector(String reference) {
		return resolve(reference).selector();
	}

	private static ResolvedReference resolve(String reference) {
		return ReferenceText.parse("$<secret:" + reference + ">").references().get(0).resolve((placeholder) -> "");
	}

}
