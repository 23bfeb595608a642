package io.github.awssecrets.env;

import java.util.UUID;
import java.util.function.UnaryOperator;

import io.github.awssecrets.reference.KeyResult;
import io.github.awssecrets.reference.ReferenceSyntaxException;
import io.github.awssecrets.reference.ReferenceText;
import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretReference;
import io.github.awssecrets.reference.SecretSelector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SecretImport} and {@link ImportOptions}.
 */
class SecretImportTests {

	private static final String VERSION = new UUID(0, 1).toString();

	private static final String ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db.main-AbCdEf";

	@Test
	void parseWhenOnlyIdHasNoPrefixAndNoName() {
		assertThat(SecretImport.parse("prod/db", false))
			.isEqualTo(new SecretImport(SecretSelector.current(new SecretId("prod/db")), "", null, false));
	}

	@Test
	void parseWhenIdHasDotsTakesThemAsPartOfIt() {
		assertThat(SecretImport.parse("my.dotted/prod.db?prefix=a.", true))
			.isEqualTo(new SecretImport(SecretSelector.current(new SecretId("my.dotted/prod.db")), "a.", null, true));
	}

	@Test
	void parseWhenAllOptionsTakesThem() {
		assertThat(SecretImport.parse("prod/db?region=us-east-1&name=token&stage=AWSPREVIOUS&prefix=app.", false))
			.isEqualTo(new SecretImport(new SecretSelector(new SecretId("prod/db"), "us-east-1", "AWSPREVIOUS", null),
					"app.", "token", false));
		assertThat(SecretImport.parse("prod/db?version=" + VERSION, false)).isEqualTo(
				new SecretImport(new SecretSelector(new SecretId("prod/db"), null, null, VERSION), "", null, false));
	}

	@Test
	void parseWhenArnTakesItsRegion() {
		SecretImport secret = SecretImport.parse(ARN + "?prefix=app.", false);
		assertThat(secret.selector()).isEqualTo(new SecretSelector(new SecretId(ARN), "eu-west-1", null, null));
		assertThat(secret).hasToString("secret:" + ARN + "?prefix=app.");
		assertThat(SecretImport.parse(ARN + "?prefix=app.&region=eu-west-1", false)).isEqualTo(secret);
	}

	@Test
	void parseWhenValueHasSpecialCharactersTakesThemToTheLetter() {
		SecretImport secret = SecretImport.parse("prod/db?prefix=a=b?c#d\\.%20&name=x y", false);
		assertThat(secret.prefix()).isEqualTo("a=b?c#d\\.%20");
		assertThat(secret.name()).isEqualTo("x y");
	}

	@ParameterizedTest
	@ValueSource(strings = { "secret:prod/db", "optional:secret:prod/db", "secret:prod/db?prefix=a.&name=b",
			"secret:prod/db?prefix=a.&stage=AWSPREVIOUS&region=us-east-1",
			"secret:prod/db?name=a&version=00000000-0000-0000-0000-000000000001" })
	void toStringWhenParsedIsCanonicalLocation(String location) {
		boolean optional = location.startsWith("optional:");
		String value = location.substring((optional ? "optional:secret:" : "secret:").length());
		assertThat(SecretImport.parse(value, optional)).hasToString(location);
	}

	@Test
	void equalsWhenOptionsInAnotherOrderOrCurrentStageIsWrittenIsTrue() {
		assertThat(SecretImport.parse("prod/db?stage=AWSCURRENT&name=a&prefix=b", false))
			.isEqualTo(SecretImport.parse("prod/db?prefix=b&name=a", false));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					?prefix=a.              | The id of the secret is empty. Write its name or ARN after 'secret:'
					``                      | The id of the secret is empty. Write its name or ARN after 'secret:'
					a b                     | The name of a secret cannot contain a space (its character 2). AWS allows ASCII letters, digits and /_+=.@-!
					prod/db#password        | The name of a secret cannot contain '#' (its character 8). AWS allows ASCII letters, digits and /_+=.@-!
					db?prefx=a.             | Unknown option 'prefx'. There are prefix, name, stage, version and region
					db?                     | Unknown option ''. There are prefix, name, stage, version and region
					db?prefix=a.&           | Unknown option ''. There are prefix, name, stage, version and region
					db?prefix=              | Option 'prefix' has no value. Write it as in '?prefix=value'
					db?name                 | Option 'name' has no value. Write it as in '?name=value'
					db?prefix=a.&prefix=b.  | Option 'prefix' is given twice. Write it once
					db?stage=A&version=00000000-0000-0000-0000-000000000001 | The options 'stage' and 'version' exclude each other. Write only one of them
					db?version=1            | A version id has 32 to 64 characters, and this one has 1
					db?region=ireland       | The Region is not the name of an AWS Region, such as eu-west-1
					arn:aws:secretsmanager:eu-west-1:123456789012:secret:db | The ARN is incomplete: '-' and six characters are missing at its end, as in arn:aws:secretsmanager:eu-west-1:123456789012:secret:NAME-AbCdEf
					arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf?region=us-east-1 | Option 'region' contradicts the Region of the ARN. Leave the option out
					""")
	void parseWhenRulesAreBrokenThrows(String location, String reason) {
		assertThatExceptionOfType(ReferenceSyntaxException.class).isThrownBy(() -> SecretImport.parse(location, false))
			.withMessage(reason);
	}

	@ParameterizedTest
	@ValueSource(strings = { "password", "a.b", "a b", "[0]", "a[0]", "a>b", "a?b", "a:b", "a#b", "#", "/", "/a",
			"a\\b", "${x}", "$<secret:x>", "a&b=c", "~", "", " ", "\u00fc\ud83d\ude00" })
	void referenceWhenParsedAgainFindsExactlyTheKey(String key) {
		SecretImport secret = SecretImport.parse("my.dotted?stage=AWSPREVIOUS&region=us-east-1", false);
		SecretReference reference = parse(secret.reference(key).toString());
		assertThat(reference.resolve(UnaryOperator.identity()).selector()).isEqualTo(secret.selector());
		String json = "{\"other\":\"2\",\"%s\":\"1\"}".formatted(key.replace("\\", "\\\\"));
		assertThat(SecretContent.ofText(json).find(reference.resolve(UnaryOperator.identity()).key()))
			.isEqualTo(new KeyResult.Found("1"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "prod/db", "my.dotted", ARN })
	void wholeWhenParsedAgainIsTheWholeSecret(String id) {
		SecretImport secret = SecretImport.parse(id, false);
		SecretReference reference = parse(secret.whole().toString());
		assertThat(reference.resolve(UnaryOperator.identity()).selector()).isEqualTo(secret.selector());
		assertThat(SecretContent.ofText("{\"a\":1}").find(reference.resolve(UnaryOperator.identity()).key()))
			.isEqualTo(new KeyResult.Found("{\"a\":1}"));
	}

	private static SecretReference parse(String text) {
		ReferenceText parsed = ReferenceText.parse(text);
		assertThat(parsed.segments()).hasSize(1);
		return parsed.references().get(0);
	}

}
