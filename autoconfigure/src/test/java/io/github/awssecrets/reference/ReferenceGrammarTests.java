package io.github.awssecrets.reference;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The grammar of references as a table: what each raw text means, or what the error says.
 * In the second column, literal text stands in double quotes and a reference in braces,
 * its parts separated by bars; placeholders stand in guillemets.
 */
class ReferenceGrammarTests {

	private static final String ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:";

	private static final String BAD_ESCAPE = "A '\\' escapes one of \\ > : . / # ? & [ ] $ only. For a backslash write '\\\\'";

	private static final String NESTED = "A reference cannot contain another reference. For literal text write '\\$<secret:'";

	private static final String UNCLOSED = "The reference has no closing '>'. Write '>' at its end; one after a '\\' or inside '${...}' does not count";

	private static final String NO_ID = "The id of the secret is empty. Write the name or ARN of a secret after '$<secret:', as in $<secret:prod/db.password>";

	private static final String UNKNOWN_OPTION = "Unknown option '%s'. There are stage, version and region; write '\\?' for a '?' that belongs to the key, and '\\&' for a '&' in an option";

	static Stream<Arguments> meanings() {
		return Stream.of(
				// Plain text
				row("", ""), row("text ${a} \\ > $ {", "\"text ${a} \\ > $ {\""),
				// Whole secrets
				row("$<secret:prod/token>", "{prod/token|whole}"), row("$<secret:token#>", "{token|whole}"),
				row("$<secret:my.dotted.name#>", "{my.dotted.name|whole}"), row("$<secret:db.#>", "{db.|whole}"),
				row("$<secret:prod/db.tls/ca>", "{prod/db.tls/ca|whole}"),
				row("$<secret:prod/db\\.tls>", "{prod/db.tls|whole}"),
				row("$<secret:" + ARN + "prod/db-AbCdEf>", "{" + ARN + "prod/db-AbCdEf|whole}"),
				// Dotted keys
				row("$<secret:prod/db.password>", "{prod/db|dotted password}"),
				row("$<secret:prod/my-secret.k>", "{prod/my-secret|dotted k}"),
				row("$<secret:rds!cluster-1.password>", "{rds!cluster-1|dotted password}"),
				row("$<secret:my.team/db.a.b>", "{my.team/db|dotted a,b}"), row("$<secret:a.b.c>", "{a|dotted b,c}"),
				row("$<secret:a\\.b.c>", "{a.b|dotted c}"), row("$<secret:a.b\\.c>", "{a|dotted b.c}"),
				row("$<secret:a.b\\/c.d>", "{a|dotted b/c,d}"), row("$<secret:prod/.k>", "{prod/|dotted k}"),
				row("$<secret:db..k>", "{db|dotted ,k}"), row("$<secret:db.k.>", "{db|dotted k,}"),
				row("$<secret:db.a[0]>", "{db|dotted a[0]}"), row("$<secret:db.a[0][12].b>", "{db|dotted a[0][12],b}"),
				row("$<secret:db.[0].b>", "{db|dotted [0],b}"), row("$<secret:db.a\\[0]>", "{db|dotted a\\[0]}"),
				row("$<secret:db.a[0\\]>", "{db|dotted a\\[0]}"), row("$<secret:db.a\\\\[0]>", "{db|dotted a\\[0]}"),
				row("$<secret:db.a[01]>", "{db|dotted a\\[01]}"), row("$<secret:db.a[x]>", "{db|dotted a\\[x]}"),
				row("$<secret:db.a[-1]>", "{db|dotted a\\[-1]}"), row("$<secret:db.a[0]b>", "{db|dotted a\\[0]b}"),
				row("$<secret:db.a[1:]>", "{db|dotted a\\[1|default ]}"),
				row("$<secret:db.a[1\\:]>", "{db|dotted a\\[1:]}"), row("$<secret:db.a[]>", "{db|dotted a\\[]}"),
				row("$<secret:db.a[1234567890]>", "{db|dotted a\\[1234567890]}"),
				row("$<secret:" + ARN + "prod/db-AbCdEf.password>", "{" + ARN + "prod/db-AbCdEf|dotted password}"),
				row("$<secret:" + ARN + "api.example.com-AbCdEf.key>",
						"{" + ARN + "api|dotted example,com-AbCdEf,key}"),
				row("$<secret:" + ARN + "db-AbCdEf.k:x:y>", "{" + ARN + "db-AbCdEf|dotted k|default x:y}"),
				row("$<secret:" + ARN + "db-AbCdEf:x>", "{" + ARN + "db-AbCdEf|whole|default x}"),
				row("$<secret:arn:${rest}.password:x>", "{arn:\u00ab${rest}\u00bb|dotted password|default x}"),
				row("$<secret:a${x}rn:y>", "{a\u00ab${x}\u00bbrn|whole|default y}"),
				row("$<secret:arn${x}:y>", "{arn\u00ab${x}\u00bb|whole|default y}"),
				row("$<secret:arn:${x}:y>", "{arn:\u00ab${x}\u00bb:y|whole}"),
				row("$<secret:arn:${x}#:y>", "{arn:\u00ab${x}\u00bb|whole|default y}"),
				row("$<secret:arn\\:a.b:c>", "{arn:a|dotted b|default c}"),
				row("$<secret:arn#:a>", "{arn|whole|default a}"),
				// Pointers
				row("$<secret:prod/db#/credentials/user>", "{prod/db|pointer credentials,user}"),
				row("$<secret:a.b#/c.d/0>", "{a.b|pointer c.d,0}"), row("$<secret:db#/>", "{db|pointer }"),
				row("$<secret:db#/a~1b/~01>", "{db|pointer a/b,~1}"),
				row("$<secret:db#/a\\/b/c>", "{db|pointer a/b,c}"),
				row("$<secret:db#/a\\?b\\:c>", "{db|pointer a?b:c}"), row("$<secret:db#/a#b>", "{db|pointer a#b}"),
				row("$<secret:db#/${a/b}/c>", "{db|pointer \u00ab${a/b}\u00bb,c}"),
				// Exact keys
				row("$<secret:db#password>", "{db|exact password}"),
				row("$<secret:db#pass.word>", "{db|exact pass.word}"), row("$<secret:db##>", "{db|exact #}"),
				row("$<secret:db#\\/a>", "{db|exact /a}"), row("$<secret:db#a/b[0]>", "{db|exact a/b[0]}"),
				row("$<secret:db#${a}>", "{db|exact \u00ab${a}\u00bb}"),
				row("$<secret:db#a\\:b\\?c\\>d\\\\e>", "{db|exact a:b?c>d\\e}"),
				// Options
				row("$<secret:prod/db.password?stage=AWSPREVIOUS>", "{prod/db|dotted password|stage AWSPREVIOUS}"),
				row("$<secret:db?version=1&region=eu-west-1>", "{db|whole|version 1|region eu-west-1}"),
				row("$<secret:a.b#?stage=x:y>", "{a.b|whole|stage x|default y}"),
				row("$<secret:db#/a?stage=b=c\\&d>", "{db|pointer a|stage b=c&d}"),
				row("$<secret:db?region=${a&b:c>}.k/#\\.>".replace("#", "\\#"),
						"{db|whole|region \u00ab${a&b:c>}\u00bb.k/#.}"),
				row("$<secret:" + ARN + "a-AbCdEf?region=eu-west-1>", "{" + ARN + "a-AbCdEf|whole|region eu-west-1}"),
				// Defaults
				row("$<secret:prod/db.password:changeit>", "{prod/db|dotted password|default changeit}"),
				row("$<secret:db.password:>", "{db|dotted password|default }"),
				row("$<secret:db.password:jdbc:x://h/db>", "{db|dotted password|default jdbc:x://h/db}"),
				row("$<secret:db.x:<b>>", "{db|dotted x|default <b}\">\""),
				row("$<secret:db.x:<b\\>>", "{db|dotted x|default <b>}"),
				row("$<secret:db.x:${f:a>b}>", "{db|dotted x|default \u00ab${f:a>b}\u00bb}"),
				row("$<secret:db.x:a${f:{}>}b>", "{db|dotted x|default a\u00ab${f:{}>}\u00bbb}"),
				row("$<secret:db.x:${f>", "{db|dotted x|default ${f}"),
				row("$<secret:db.x:\\${f}>", "{db|dotted x|default ${f}}"),
				row("$<secret:db.x:\\$<secret:c.d\\>>", "{db|dotted x|default $<secret:c.d>}"),
				row("$<secret:db.dir:C:\\temp>", "{db|dotted dir|default C:\\temp}"),
				row("$<secret:db.dir:C:\\\\>", "{db|dotted dir|default C:\\}"),
				row("$<secret:db.dir:\\.\\:\\\\\\a>", "{db|dotted dir|default \\.\\:\\\\a}"),
				row("$<secret:db.x:a?b#c&d>", "{db|dotted x|default a?b#c&d}"),
				row("$<secret:db.x:\n\u0000\ud83d\ude00\ud800>", "{db|dotted x|default \n\u0000\ud83d\ude00\ud800}"),
				// Placeholders
				row("$<secret:${app.env:dev}/db.k>", "{\u00ab${app.env:dev}\u00bb/db|dotted k}"),
				row("$<secret:${app.id}.password>", "{\u00ab${app.id}\u00bb|dotted password}"),
				row("$<secret:${a}>", "{\u00ab${a}\u00bb|whole}"),
				row("$<secret:${a:{b}>}.c${d.e}>", "{\u00ab${a:{b}>}\u00bb|dotted c\u00ab${d.e}\u00bb}"),
				row("$<secret:\\${a}>", "{${a}|whole}"), row("$<secret:\\\\${a}>", "{\\\u00ab${a}\u00bb|whole}"),
				row("$<secret:db.a[${i}]>", "{db|dotted a\\[\u00ab${i}\u00bb]}"),
				row("$<secret:db.${a:\\$<secret:b.c>}>", "{db|dotted \u00ab${a:\\$<secret:b.c>}\u00bb}"),
				// Around references
				row("jdbc://$<secret:a.b>:$<secret:a.c>/d", "\"jdbc://\"{a|dotted b}\":\"{a|dotted c}\"/d\""),
				row("${DB_PASSWORD:$<secret:prod/db.password>}", "\"${DB_PASSWORD:\"{prod/db|dotted password}\"}\""),
				row("${A:${B:$<secret:a.${C}>}}", "\"${A:${B:\"{a|dotted \u00ab${C}\u00bb}\"}}\""),
				row("C:\\share\\$<secret:a.b>", "\"C:\\share$<secret:a.b>\""),
				row("C:\\share\\\\$<secret:a.b>", "\"C:\\share\\\"{a|dotted b}"),
				row("\\\\\\$<secret:a.b>", "\"\\$<secret:a.b>\""), row("\\\\\\\\$<secret:a.b>", "\"\\\\\"{a|dotted b}"),
				row("\\$<secret:$<secret:a.b>>", "\"$<secret:\"{a|dotted b}\">\""),
				row("\\\\ \\a $<secret:a.b>", "\"\\\\ \\a \"{a|dotted b}"), row("$$<secret:a.b>", "\"$\"{a|dotted b}"),
				row("$<secret prod/db>", "\"$<secret prod/db>\""));
	}

	static Stream<Arguments> errors() {
		return Stream.of(
				// Ends
				row("a $<secret:db.password", UNCLOSED + " (column 3)"), row("$<secret:", UNCLOSED + " (column 1)"),
				row("$<secret:db\\>", UNCLOSED + " (column 1)"), row("$<secret:db#a", UNCLOSED + " (column 1)"),
				row("$<secret:db?stage=a", UNCLOSED + " (column 1)"), row("$<secret:db:a\\>", UNCLOSED + " (column 1)"),
				row("$<secret:db.${a>}", UNCLOSED + " (column 1)"),
				// Ids
				row("$<secret:>", NO_ID + " (column 10)"), row("$<secret:.k>", NO_ID + " (column 10)"),
				row("$<secret:#k>", NO_ID + " (column 10)"), row("$<secret::x>", NO_ID + " (column 10)"),
				row("$<secret:.>", NO_ID + " (column 10)"), row("x$<secret:?stage=a>", NO_ID + " (column 11)"),
				// Keys
				row("$<secret:db.>",
						"The key after the '.' is empty. Write a key there; for a secret called 'db.' write $<secret:db.#> (column 12)"),
				row("$<secret:${a}/db.:x>",
						"The key after the '.' is empty. Write a key there; for a secret called '${a}/db.' write $<secret:${a}/db.#> (column 17)"),
				row("$<secret:db#/a~2>",
						"In a pointer a '~' is written '~0', and a '/' inside a name '~1' (column 13)"),
				row("$<secret:db#/a~>", "In a pointer a '~' is written '~0', and a '/' inside a name '~1' (column 13)"),
				row("$<secret:db#/~${a}>",
						"In a pointer a '~' is written '~0', and a '/' inside a name '~1' (column 13)"),
				// Options
				row("$<secret:db#/a?b>", UNKNOWN_OPTION.formatted("b") + " (column 16)"),
				row("$<secret:db.k?>", UNKNOWN_OPTION.formatted("") + " (column 15)"),
				row("$<secret:db.k?Stage=x>", UNKNOWN_OPTION.formatted("Stage") + " (column 15)"),
				row("$<secret:db.k?${a}=x>", UNKNOWN_OPTION.formatted("${a}") + " (column 15)"),
				row("$<secret:db.k?stage=x&>", UNKNOWN_OPTION.formatted("") + " (column 23)"),
				row("$<secret:db.k?stage>", "Option 'stage' has no value. Write it as in '?stage=value' (column 15)"),
				row("$<secret:db.k?stage=>", "Option 'stage' has no value. Write it as in '?stage=value' (column 15)"),
				row("$<secret:db.k?stage=x&stage=x>", "Option 'stage' is given twice. Write it once (column 23)"),
				row("$<secret:db.k?stage=x&version=y>",
						"The options 'stage' and 'version' exclude each other. Write only one of them (column 1)"),
				row("$<secret:db?stage=x#k>",
						"A '#' in an option is written '\\#'. A key stands before the options, as in $<secret:prod/db#password?stage=AWSPREVIOUS> (column 20)"),
				row("$<secret:db?stage=x?version=y>",
						"A '?' in an option is written '\\?'. A key stands before the options, as in $<secret:prod/db#password?stage=AWSPREVIOUS> (column 20)"),
				row("$<secret:" + ARN + "a-AbCdEf.k?region=us-east-1>",
						"Option 'region' contradicts the Region of the ARN. Leave the option out (column 1)"),
				// Escapes
				row("$<secret:a\\b.c>", BAD_ESCAPE + " (column 11)"),
				row("$<secret:a.b\\c>", BAD_ESCAPE + " (column 13)"),
				row("$<secret:a#b\\c>", BAD_ESCAPE + " (column 13)"),
				row("$<secret:a?stage=b\\c>", BAD_ESCAPE + " (column 19)"),
				row("$<secret:a\\", BAD_ESCAPE + " (column 11)"),
				// References inside references
				row("$<secret:db.x:$<secret:c.d>>", NESTED + " (column 15)"),
				row("$<secret:$<secret:a.b>.c>", NESTED + " (column 10)"),
				row("$<secret:a.$<secret:c.d>>", NESTED + " (column 12)"),
				row("$<secret:a.${b:$<secret:c.d>}>", NESTED + " (column 16)"),
				row("$<secret:a.b:${c:\\\\$<secret:d.e>}>", NESTED + " (column 20)"),
				row("$<secret:a.b?stage=$<secret:c.d>>", NESTED + " (column 20)"));
	}

	private static Arguments row(String raw, String expected) {
		return Arguments.of(raw, expected);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("meanings")
	void parseWhenValidYieldsMeaning(String raw, String meaning) {
		ReferenceText text = ReferenceText.parse(raw);
		assertThat(describe(text)).isEqualTo(meaning);
		assertThat(ReferenceText.parse(text.toString())).isEqualTo(text);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("errors")
	void parseWhenInvalidThrowsException(String raw, String message) {
		assertThatExceptionOfType(ReferenceSyntaxException.class).isThrownBy(() -> ReferenceText.parse(raw))
			.withMessage(message)
			.satisfies(
					(ex) -> assertThat(ex.getMessage()).isEqualTo(ex.getReason() + " (column " + ex.getColumn() + ")"));
	}

	private static String describe(ReferenceText text) {
		return text.segments().stream().map(ReferenceGrammarTests::describe).collect(Collectors.joining());
	}

	private static String describe(ReferenceText.Segment segment) {
		if (segment instanceof ReferenceText.Literal literal) {
			return '"' + literal.text() + '"';
		}
		SecretReference reference = ((ReferenceText.Reference) segment).reference();
		return "{" + describe(reference.id()) + "|" + describe(reference.key()) + describe("stage", reference.stage())
				+ describe("version", reference.version()) + describe("region", reference.region())
				+ describe("default", reference.defaultValue()) + "}";
	}

	private static String describe(String name, @Nullable Template template) {
		return (template != null) ? "|" + name + " " + describe(template) : "";
	}

	private static String describe(KeyTemplate key) {
		if (key instanceof KeyTemplate.Dotted dotted) {
			return "dotted "
					+ dotted.steps().stream().map(ReferenceGrammarTests::describe).collect(Collectors.joining(","));
		}
		if (key instanceof KeyTemplate.Pointer pointer) {
			return "pointer "
					+ pointer.tokens().stream().map(ReferenceGrammarTests::describe).collect(Collectors.joining(","));
		}
		return (key instanceof KeyTemplate.Exact exact) ? "exact " + describe(exact.name()) : "whole";
	}

	private static String describe(KeyTemplate.Step step) {
		List<Integer> indexes = step.indexes();
		return describe(step.name()).replace("[", "\\[")
				+ indexes.stream().map((index) -> "[" + index + "]").collect(Collectors.joining());
	}

	private static String describe(Template template) {
		return template.parts()
			.stream()
			.map((part) -> (part instanceof Template.Placeholder) ? "\u00ab" + part.text() + "\u00bb" : part.text())
			.collect(Collectors.joining());
	}

}
