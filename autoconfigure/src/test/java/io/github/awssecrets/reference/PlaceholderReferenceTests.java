package io.github.awssecrets.reference;

import java.util.List;

import io.github.awssecrets.reference.ReferenceText.Literal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of references that are written as placeholders, <code>${secret:...}</code>.
 */
class PlaceholderReferenceTests {

	private static final String ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf";

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', value = { "${secret:prod/token},$<secret:prod/token>",
			"${secret:prod/db.password},$<secret:prod/db.password>",
			"${secret:my.team/db.a.b},$<secret:my.team/db.a.b>",
			"${secret:prod/db.hosts[0].name},$<secret:prod/db.hosts[0].name>",
			"${secret:prod/db#/credentials/user},$<secret:prod/db#/credentials/user>",
			"${secret:prod/db#pass.word},$<secret:prod/db#pass.word>",
			"${secret:my.dotted.name#},$<secret:my.dotted.name#>",
			"${secret:prod/db.password?stage=AWSPREVIOUS&region=eu-west-1},"
					+ "$<secret:prod/db.password?stage=AWSPREVIOUS&region=eu-west-1>",
			"${secret:prod/db.smtp\\.host\\:port},$<secret:prod/db.smtp\\.host\\:port>",
			"${secret:prod/db.a>b},$<secret:prod/db.a\\>b>", "${secret:prod/db.{a}},$<secret:prod/db.{a}>",
			"${secret:" + ARN + "},$<secret:" + ARN + ">",
			"${secret:" + ARN + ".password},$<secret:" + ARN + ".password>",
			"${secret:" + ARN + "?stage=AWSPENDING},$<secret:" + ARN + "?stage=AWSPENDING>",
			"a${secret:b.c}d${secret:e.f}}g,a$<secret:b.c>d$<secret:e.f>}g", "${A:${secret:b.c}},${A:$<secret:b.c>}",
			"${A:\\$<secret:b.c>},${A:\\$<secret:b.c>}", "$<secret:a.b>${secret:c.d},$<secret:a.b>$<secret:c.d>",
			"\\\\$<secret:a.b>${secret:c.d},\\\\$<secret:a.b>$<secret:c.d>" })
	void parseWhenReferenceIsPlaceholderReadsTheSameAsOther(String placeholder, String reference) {
		ReferenceText parsed = parse(placeholder);
		assertThat(parsed).isEqualTo(parse(reference)).isEqualTo(ReferenceText.parse(reference));
		assertThat(parsed).hasToString(reference);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "plain", "${secret}", "${secret.a:b.c}", "${secrets:a.b}", "${ secret:a.b}",
			"${a:b.c}", "$secret:a.b", "{secret:a.b}", "\\${secret:a.b}", "\\\\${secret:a.b}", "x\\${secret:a.b:${c}}",
			"\\${secret:a", "\\${secret:a\\${secret:b" })
	void parseWhenTextIsEscapedOrOtherLeavesItToSpring(String raw) {
		ReferenceText text = parse(raw);
		assertThat(text.references()).isEmpty();
		assertThat(text.segments()).isEqualTo(raw.isEmpty() ? text.segments() : List.of(new Literal(raw)));
		assertThat(parse(text.toString())).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "${secret:a.b}", "${secret:a", "${secret:${b}/c.d}", "$<secret:${secret:x}/db.k>" })
	void parseWhenPlaceholdersAreNotHeededLeavesThem(String raw) {
		assertThat(ReferenceText.parse(raw).toString()).isEqualTo(raw);
		assertThat(ReferenceText.mayContainReference(raw)).isEqualTo(raw.contains("$<"));
	}

	@Test
	void mayContainReferenceWhenPlaceholdersAreHeededReturnsTrueForBoth() {
		ReferenceSyntax syntax = ReferenceSyntax.REFERENCES_AND_PLACEHOLDERS;
		assertThat(syntax.mayContainReference("x${secret:")).isTrue();
		assertThat(syntax.mayContainReference("x$<secret:")).isTrue();
		assertThat(syntax.mayContainReference("${secret} ${secrets:a.b}")).isFalse();
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', delimiter = '|', value = {
			"x${secret:prod/db.k:hidden}|2|There can be no default in '${secret:...}'. Write $<secret:prod/db.k:***>",
			"${secret:prod/db.k:}|1|There can be no default in '${secret:...}'. Write $<secret:prod/db.k:>",
			"${secret:prod/db.k:${hidden}}|1|There can be no default in '${secret:...}'. Write $<secret:prod/db.k:***>",
			"${secret:${env}/db.k}|1|There can be no placeholder in '${secret:...}'. Write $<secret:${env}/db.k>",
			"${secret:prod/db.${key}}|1|There can be no placeholder in '${secret:...}'. Write $<secret:prod/db.${key}>",
			"${secret:a.b?stage=${x}}|1|There can be no placeholder in '${secret:...}'. Write $<secret:a.b?stage=${x}>",
			"${secret:${arn}.k:hidden}|1|There can be no placeholder in '${secret:...}'. Write $<secret:${arn}.k:***>",
			"a${secret:prod/db.k|2|The reference has no closing '}'. Write '}' at its end; one that closes another '{' does not count",
			"${secret:prod/db.{k}|1|The reference has no closing '}'. Write '}' at its end; one that closes another '{' does not count",
			"${secret:}|10|The id of the secret is empty. Write the name or ARN of a secret after '$<secret:', as in $<secret:prod/db.password>",
			"${secret:prod/db.}|17|The key after the '.' is empty. Write a key there; for a secret called 'prod/db.' write $<secret:prod/db.#>",
			"${secret:a.b?x=y}|14|Unknown option 'x'. There are stage, version and region; write '\\?' for a '?' that belongs to the key, and '\\&' for a '&' in an option",
			"${secret:a\\b.c}|11|A '\\' escapes one of \\ > : . / # ? & [ ] $ only. For a backslash write '\\\\'",
			"${secret:a.${secret:b.c}}|12|A reference cannot contain another reference. For literal text write '\\$<secret:'",
			"${secret:a.$<secret:b.c>}|12|A reference cannot contain another reference. For literal text write '\\$<secret:'",
			"$<secret:a.b:${secret:c.d}>|14|A reference cannot contain another reference. For literal text write '\\$<secret:'" })
	void parseWhenReferenceBreaksTheRulesSaysHowToWriteIt(String raw, int column, String reason) {
		assertThatExceptionOfType(ReferenceSyntaxException.class).isThrownBy(() -> parse(raw)).satisfies((ex) -> {
			assertThat(ex.getReason()).isEqualTo(reason);
			assertThat(ex.getColumn()).isEqualTo(column);
		});
	}

	private static ReferenceText parse(String raw) {
		return ReferenceText.parse(raw, ReferenceSyntax.REFERENCES_AND_PLACEHOLDERS);
	}

}
