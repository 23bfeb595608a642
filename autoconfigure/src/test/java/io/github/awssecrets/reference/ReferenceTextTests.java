package io.github.awssecrets.reference;

import java.util.List;

import io.github.awssecrets.reference.ReferenceText.Literal;
import io.github.awssecrets.reference.ReferenceText.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ReferenceText}.
 */
class ReferenceTextTests {

	@Test
	void mayContainReferenceWhenOpeningOccursReturnsTrue() {
		assertThat(ReferenceText.mayContainReference("x$<secret:")).isTrue();
		assertThat(ReferenceText.mayContainReference("x\\$<secret:y")).isTrue();
		assertThat(ReferenceText.mayContainReference("$<secret")).isFalse();
		assertThat(ReferenceText.mayContainReference("${secret:a.b}")).isFalse();
	}

	@Test
	void segmentsWhenSeveralReferencesTellTheirColumns() {
		List<ReferenceText.Segment> segments = ReferenceText.parse("a$<secret:b.c>\ud83d\ude00$<secret:d.e>")
			.segments();
		assertThat(segments).hasSize(4);
		assertThat(((Reference) segments.get(1)).column()).isEqualTo(2);
		assertThat(((Reference) segments.get(3)).column()).isEqualTo(17);
	}

	@Test
	void segmentsWhenLiteralsAreAdjacentMergesThem() {
		assertThat(ReferenceText.parse("a\\$<secret:b\\$<secret:c").segments())
			.containsExactly(new Literal("a$<secret:b$<secret:c"));
	}

	@Test
	void referencesWhenSameReferenceTwiceReturnsBoth() {
		ReferenceText text = ReferenceText.parse("$<secret:a.b>$<secret:a.b>x");
		assertThat(text.references()).hasSize(2).allMatch(text.references().get(0)::equals);
	}

	@Test
	void equalsWhenColumnsDifferReturnsTrue() {
		ReferenceText text = ReferenceText.parse("\\\\$<secret:a\\.b.c>");
		assertThat(text).isEqualTo(ReferenceText.parse("\\\\$<secret:a\\.b.c>")).isNotEqualTo(ReferenceText.parse("x"));
		Reference reference = new Reference(text.references().get(0), 1);
		assertThat(text).hasSameHashCodeAs(ReferenceText.parse(text.toString()));
		assertThat(text.segments().get(1)).isNotEqualTo(ReferenceText.parse("$<secret:a.c>").segments().get(0));
		assertThat(text.segments().get(1)).isEqualTo(reference).hasSameHashCodeAs(reference);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "plain", "$<secret:prod/token>", "$<secret:prod/db.password>",
			"$<secret:my.team/db.a.b[0]>", "$<secret:prod/db#/credentials/user>", "$<secret:prod/db#pass.word>",
			"$<secret:my.dotted.name#>", "$<secret:prod/db.password?stage=AWSPREVIOUS&region=eu-west-1:changeit>",
			"$<secret:a.b:>", "$<secret:a.b:C:\\temp\\x>", "$<secret:a.b:jdbc:x://h/db?a=b&c#d>",
			"$<secret:${app.env}/db.k>", "${A:$<secret:a.b>}", "\\$<secret:a.b>", "$<secret:arn:${rest}#:x>",
			"$<secret:arn:${rest}>", "$<secret:arn:${rest}?stage=a:x>", "$<secret:arn:${rest}?version=a:x>",
			"$<secret:arn:${rest}?region=a:x>", "$<secret:a\\.b.c>", "$<secret:a.b/c.d#k>", "$<secret:a.b/c\\.d\\.e.f>",
			"$<secret:a.b/c.d#>", "$<secret:a\\:b>", "$<secret:a${x}rn\\:b>", "$<secret:a.$>",
			"$<secret:arn:a.b/c\\:d#k>", "$<secret:a.b:$>", "$<secret:a.b:\\${x>", "$<secret:a.\\${x>",
			"$<secret:arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf.password:x>" })
	void toStringWhenTextIsCanonicalReturnsSameText(String raw) {
		assertThat(ReferenceText.parse(raw)).hasToString(raw);
	}

	@Test
	void parseWhenErrorIsFoundShowsNeitherLiteralNorDefault() {
		assertThatExceptionOfType(ReferenceSyntaxException.class)
			.isThrownBy(() -> ReferenceText.parse("jdbc://u:hidden1@$<secret:a.b:hidden2$<secret:c.d>"))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("hidden"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "$<secret prod/db>", "$<secrets:a.b>", "$<Secret:a.b>", "$<SECRET:a>", "$< secret:a.b>",
			"$<secret>", "$<secret", "$<secret.a>", "$<secret\\:a.b>", "$<secret :a.b>", "\\\\$<secrets:a>" })
	void nearMissesWhenTextLooksLikeReferenceReturnsIt(String raw) {
		int start = raw.indexOf('$');
		assertThat(ReferenceText.nearMisses("ab" + raw)).singleElement().satisfies((nearMiss) -> {
			assertThat(nearMiss.column()).isEqualTo(start + 3);
			assertThat(raw.substring(start)).startsWith(nearMiss.text());
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "$", "$<", "$<s", "$<secret:a.b>", "$<secret:", "\\$<secret:a.b>", "\\$<secrets:a>",
			"\\\\\\$<Secret:a>", "$<secretary>", "$<secret1>", "<secret:a>", "${secret:a.b}", "$secret", "$<sec ret>" })
	void nearMissesWhenTextIsReferenceEscapedOrOtherReturnsNone(String raw) {
		assertThat(ReferenceText.nearMisses(raw)).isEmpty();
	}

	@Test
	void nearMissesWhenSeveralShowNothingOfWhatFollows() {
		assertThat(ReferenceText.nearMisses("$<secrets:hidden>$<secret:a.b>$<secret prod/db>"))
			.containsExactly(new NearMiss("$<secrets:", 1), new NearMiss("$<secret ", 31));
	}

}
