package io.github.awssecrets.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SecretReference} and {@link ResolvedReference}.
 */
class SecretReferenceTests {

	private static final String ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:";

	private static final String VERSION = "01234567-89ab-cdef-0123-456789abcdef";

	@Test
	void resolveWhenLiteralReturnsSelectorAndKey() {
		ResolvedReference resolved = resolve("$<secret:prod/db.a.b[0]?stage=AWSPREVIOUS&region=us-east-1>");
		assertThat(resolved.selector())
			.isEqualTo(new SecretSelector(new SecretId("prod/db"), "us-east-1", "AWSPREVIOUS", null));
		assertThat(resolved.key()).isEqualTo(new KeySelector.Dotted(
				List.of(new KeySelector.Step("a", List.of()), new KeySelector.Step("b", List.of(0)))));
	}

	@Test
	void resolveWhenPlaceholdersAsksOnceForEachInOrder() {
		List<String> asked = new ArrayList<>();
		SecretReference reference = parse("$<secret:${a}/${b:c}.${a}?version=${d}&region=${e}:${f}>");
		Map<String, String> values = Map.of("${a}", "x.y", "${b:c}", "z", "${d}", VERSION, "${e}", "eu-west-1");
		ResolvedReference resolved = reference.resolve((placeholder) -> {
			asked.add(placeholder);
			return values.get(placeholder);
		});
		assertThat(asked).containsExactly("${a}", "${b:c}", "${a}", "${d}", "${e}");
		assertThat(resolved.selector())
			.isEqualTo(new SecretSelector(new SecretId("x.y/z"), "eu-west-1", null, VERSION));
		assertThat(resolved.key()).isEqualTo(new KeySelector.Dotted(List.of(new KeySelector.Step("x.y", List.of()))));
	}

	@Test
	void resolveWhenPlaceholderYieldsArnTakesItsRegion() {
		ResolvedReference resolved = parse("$<secret:${DB_SECRET_ARN}.password>")
			.resolve((name) -> ARN + "my.db-AbCdEf");
		assertThat(resolved.selector())
			.isEqualTo(new SecretSelector(new SecretId(ARN + "my.db-AbCdEf"), "eu-west-1", null, null));
		assertThat(resolved.key()).hasToString("password");
	}

	@Test
	void resolveWhenStageIsCurrentReturnsSelectorOfCurrentVersion() {
		assertThat(resolve("$<secret:db?stage=AWSCURRENT>").selector())
			.isEqualTo(SecretSelector.current(new SecretId("db")));
	}

	@Test
	void resolveWhenRegionContradictsResolvedArnThrowsException() {
		SecretReference reference = parse("$<secret:${a}?region=us-east-1>");
		assertThatExceptionOfType(ReferenceSyntaxException.class)
			.isThrownBy(() -> reference.resolve((a) -> ARN + "a-AbCdEf"))
			.withMessage("Option 'region' contradicts the Region of the ARN. Leave the option out");
	}

	@Test
	void resolveWhenRegionIsThatOfArnReturnsSelector() {
		assertThat(resolve("$<secret:" + ARN + "a-AbCdEf?region=eu-west-1>").selector().region())
			.isEqualTo("eu-west-1");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '^',
			textBlock = """
					$<secret:prod db.k>  | The name of a secret cannot contain a space (its character 5). AWS allows ASCII letters, digits and /_+=.@-!
					$<secret:prod\\:db.k> | The name of a secret cannot contain ':' (its character 5). AWS allows ASCII letters, digits and /_+=.@-!
					$<secret:d\u00e9.k>  | The name of a secret cannot contain U+00E9 (its character 2). AWS allows ASCII letters, digits and /_+=.@-!
					$<secret:${long}.k>  | The name of a secret has at most 512 characters, and this one has 513
					$<secret:${longer}.k>| The id of a secret has at most 2048 characters, and this one has 2049
					$<secret:${empty}.k> | The name of the secret is empty
					$<secret:db.${empty}>| The key is empty
					$<secret:db#${empty}>| The key is empty
					$<secret:db?region=EU>| The Region is not the name of an AWS Region, such as eu-west-1
					$<secret:db?region=${empty}>| The Region is not the name of an AWS Region, such as eu-west-1
					$<secret:db?version=1>| A version id has 32 to 64 characters, and this one has 1
					$<secret:db?stage=${empty}>| A version stage has 1 to 256 characters, and this one has 0
					$<secret:db?stage=${long}>| A version stage has 1 to 256 characters, and this one has 513
					$<secret:arn:aws:ssm:eu-west-1:123456789012:secret:db-AbCdEf> | The ARN is not that of a secret. Write it complete, as in arn:aws:secretsmanager:eu-west-1:123456789012:secret:NAME-AbCdEf
					$<secret:arn:aws:secretsmanager.k:x> | The ARN is not that of a secret. Write it complete, as in arn:aws:secretsmanager:eu-west-1:123456789012:secret:NAME-AbCdEf
					$<secret:arn:aws:secretsmanager:eu-west-1:123456789012:secret:db.k> | The ARN is incomplete: '-' and six characters are missing at its end, as in arn:aws:secretsmanager:eu-west-1:123456789012:secret:NAME-AbCdEf
					$<secret:arn:aws:secretsmanager:eu-west-1:123456789012:secret:-AbCdEf> | The ARN is incomplete: '-' and six characters are missing at its end, as in arn:aws:secretsmanager:eu-west-1:123456789012:secret:NAME-AbCdEf
					$<secret:arn:aws:secretsmanager:europe:123456789012:secret:db-AbCdEf> | The Region is not the name of an AWS Region, such as eu-west-1
					$<secret:arn:aws:secretsmanager:eu-west-1:123456789012:secret:d b-AbCdEf> | The name of a secret cannot contain a space (its character 2). AWS allows ASCII letters, digits and /_+=.@-!
					""")
	void resolveWhenAwsWouldRefuseThrowsException(String raw, String message) {
		Map<String, String> values = Map.of("${empty}", "", "${long}", "a".repeat(513), "${longer}", "a".repeat(2049));
		SecretReference reference = parse(raw);
		assertThatExceptionOfType(ReferenceSyntaxException.class).isThrownBy(() -> reference.resolve(values::get))
			.withMessage(message)
			.satisfies((ex) -> assertThat(ex.getColumn()).isEqualTo(ReferenceSyntaxException.UNKNOWN_COLUMN));
	}

	@Test
	void resolveWhenArnHasDottedNameSuggestsHowToWriteIt() {
		SecretReference reference = parse("$<secret:" + ARN + "api.example.com-AbCdEf.key>");
		assertThatExceptionOfType(ReferenceSyntaxException.class)
			.isThrownBy(() -> reference.resolve(UnaryOperator.identity()))
			.withMessage("The ARN is incomplete: '-' and six characters are missing at its end, as in " + ARN
					+ "NAME-AbCdEf; for a secret called 'api.example.com' write $<secret:" + ARN
					+ "api.example.com-AbCdEf#key>");
	}

	@Test
	void resolveWhenPlaceholderYieldsIllegalIdDoesNotShowIt() {
		SecretReference reference = parse("$<secret:${a}.com-AbCdEf>");
		for (String yielded : List.of("hidden secret", "arn:hidden", ARN + "hidden")) {
			assertThatExceptionOfType(ReferenceSyntaxException.class)
				.isThrownBy(() -> reference.resolve((a) -> yielded))
				.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("hidden"));
		}
	}

	@Test
	void resolveWhenPlaceholderInKeyOfIncompleteArnSuggestsNothing() {
		for (String key : List.of(".a${x}-AbCdEf", "#a${x}-AbCdEf", "#/a${x}-AbCdEf", "#a-AbCdEf", "#/a-AbCdEf",
				".a")) {
			SecretReference reference = parse("$<secret:" + ARN + "api" + key + ">");
			assertThatExceptionOfType(ReferenceSyntaxException.class).isThrownBy(() -> reference.resolve((x) -> "y"))
				.satisfies((ex) -> assertThat(ex.getMessage()).endsWith("NAME-AbCdEf"));
		}
	}

	@Test
	void otherReadingWhenNameHasDottedKeyNamesWholeSecret() {
		assertThat(resolve("$<secret:mail.smtp.password:x>").otherReading())
			.isEqualTo(new OtherReading("mail.smtp.password", "$<secret:mail.smtp.password#>"))
			.hasToString("for a secret called 'mail.smtp.password' write $<secret:mail.smtp.password#>");
		assertThat(resolve("$<secret:a.b/c.d[0]>").otherReading())
			.hasToString("for a secret called 'a.b/c.d[0]' write $<secret:a.b/c.d[0]#>");
	}

	@Test
	void otherReadingWhenArnCouldGoOnAfterDotNamesLongerArn() {
		assertThat(resolve("$<secret:" + ARN + "api-server.com-AbCdEf.a.b>").otherReading())
			.isEqualTo(new OtherReading("api-server.com", "$<secret:" + ARN + "api-server.com-AbCdEf#a.b>"));
		assertThat(resolve("$<secret:" + ARN + "api-server.com-AbCdEf>").otherReading())
			.isEqualTo(new OtherReading("api-server.com", "$<secret:" + ARN + "api-server.com-AbCdEf#>"));
		assertThat(resolve("$<secret:" + ARN + "a-server.b-server.com-AbCdEf.k>").otherReading()).isEqualTo(
				new OtherReading("a-server.b-server.com", "$<secret:" + ARN + "a-server.b-server.com-AbCdEf#k>"));
	}

	@Test
	void otherReadingWhenOnlyOneReadingReturnsNull() {
		assertThat(resolve("$<secret:mail>").otherReading()).isNull();
		assertThat(resolve("$<secret:mail.smtp#password>").otherReading()).isNull();
		assertThat(resolve("$<secret:mail.smtp#/password>").otherReading()).isNull();
		assertThat(resolve("$<secret:" + ARN + "db-AbCdEf.password>").otherReading()).isNull();
	}

	@Test
	void toMaskedStringWhenDefaultHidesIt() {
		assertThat(parse("$<secret:prod/db.password?stage=a:hunter2>").toMaskedString())
			.isEqualTo("$<secret:prod/db.password?stage=a:***>");
		assertThat(parse("$<secret:prod/db.password:${a}>").toMaskedString())
			.isEqualTo("$<secret:prod/db.password:***>");
		assertThat(parse("$<secret:prod/db.password:>").toMaskedString()).isEqualTo("$<secret:prod/db.password:>");
		assertThat(parse("$<secret:prod/db.password>").toMaskedString()).isEqualTo("$<secret:prod/db.password>");
	}

	@Test
	void createWhenPartsContradictThrowsException() {
		Template text = Template.literal("x");
		Template empty = Template.literal("");
		KeyTemplate key = new KeyTemplate.Whole();
		assertThatExceptionOfType(ReferenceSyntaxException.class)
			.isThrownBy(() -> new SecretReference(text, key, text, text, null, null));
		assertThatExceptionOfType(ReferenceSyntaxException.class)
			.isThrownBy(() -> new SecretReference(empty, key, null, null, null, null));
		assertThatExceptionOfType(ReferenceSyntaxException.class)
			.isThrownBy(() -> new SecretReference(text, key, empty, null, null, null))
			.withMessage("Option 'stage' has no value. Write 'stage=' and a value, or leave the option out");
		assertThatExceptionOfType(ReferenceSyntaxException.class)
			.isThrownBy(() -> new SecretReference(text, key, null, empty, null, null));
		assertThatExceptionOfType(ReferenceSyntaxException.class)
			.isThrownBy(() -> new SecretReference(text, key, null, null, empty, null));
	}

	private static SecretReference parse(String raw) {
		return ReferenceText.parse(raw).references().get(0);
	}

	private static ResolvedReference resolve(String raw) {
		return parse(raw).resolve(UnaryOperator.identity());
	}

}
