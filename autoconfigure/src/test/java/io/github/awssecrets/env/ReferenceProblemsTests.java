package io.github.awssecrets.env;

import java.util.Map;

import io.github.awssecrets.reference.KeySelector;
import io.github.awssecrets.reference.ResolvedReference;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link ReferenceProblems}: what people read and can do about it.
 */
class ReferenceProblemsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					$<secret:${nope}.password>       | The placeholder 'nope' in the reference names no property.      | Set the property, or write a default: ${nope:...}.
					$<secret:${one}.password>        | The placeholder 'one' in the reference leads back to itself.    | Break the circle.
					${nope}/$<secret:prod/db.user>   | The placeholder 'nope' names no property.                       | Set the property, or write a default: ${nope:...}.
					${one}/$<secret:prod/db.user>    | The placeholder 'one' leads back to itself.                     | Break the circle.
					$<secret:${blank}.user>          | Column 1: The name of a secret cannot contain a space (its character 5). AWS allows ASCII letters, digits and /_+=.@-!. | Correct the reference, or what its placeholders yield.
					$<secret:prod db.user>           | Column 1: The name of a secret cannot contain a space (its character 5). AWS allows ASCII letters, digits and /_+=.@-!. | Correct the reference.
					$<secret:.user>                  | Column 10: The id of the secret is empty. Write the name or ARN of a secret after '$<secret:', as in $<secret:prod/db.password>. | Correct the reference.
					""")
	void problemSaysWhatToDo(String text, String description, String action) {
		TestContext context = new TestContext().keys("prod/db", "user")
			.properties("file", "app.text", text, "one", "${two}", "two", "${one}", "blank", "prod db");
		UnresolvedReferenceException failure = catchThrowableOfType(UnresolvedReferenceException.class, context::start);
		assertThat(failure.getProblems()).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo("app.text");
			assertThat(problem.description()).isEqualTo(description);
			assertThat(problem.action()).isEqualTo(action);
		});
	}

	@Test
	void failureSaysWhetherTheStartWouldGoOnWithoutIt() {
		assertThat(catchThrowableOfType(UnresolvedReferenceException.class,
				new TestContext().yaml("app.text: $<secret:missing.key>")::start)
			.isFailFast()).isTrue();
		TestContext started = new TestContext().properties("file", "aws.secrets.fail-fast", "false", "app.text",
				"$<secret:missing.key>");
		started.start();
		assertThat(catchThrowableOfType(UnresolvedReferenceException.class, () -> started.property("app.text"))
			.isFailFast()).isFalse();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "none",
			textBlock = """
					prod/db.password, (All of it is the name of a secret; one key of a secret takes a reference: $<secret:prod/db.password>.)
					db.password,      (All of it is the name of a secret; one key of a secret takes a reference: $<secret:db.password>.)
					prod/db,          none
					v1.2/db,          none
					.hidden,          none
					prod/.hidden,     (All of it is the name of a secret; one key of a secret takes a reference: $<secret:prod/.hidden>.)
					arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db.password-AbCdEf, none
					""")
	void importOfAKeyIsExplained(String id, @Nullable String reading) {
		ImportUse use = ImportUse.of(ConfigDataLocation.of("secret:" + id));
		assertThat(use
			.otherReading(new ResolvedReference(SecretSelector.current(new SecretId(id)), new KeySelector.Whole())))
			.isEqualTo(reading);
		assertThat(use.noun()).isEqualTo("import");
	}

	@Test
	void importKnowsWhereItIsWritten() {
		String text = "secret:prod/db";
		assertThat(ImportUse.of(ConfigDataLocation.of(text)).origin()).isNull();
		Origin place = new TextResourceOrigin(null, new TextResourceOrigin.Location(2, 3));
		assertThat(new ImportUse(new SourceProperty("spring.config.import", text, null, place)).origin())
			.isSameAs(place);
		PropertySource<?> file = new OriginTrackedMapPropertySource("file",
				Map.of("spring.config.import", OriginTrackedValue.of(text, place)));
		assertThat(new ImportUse(SourceProperty.of(file, "spring.config.import", text)).origin()).isSameAs(place);
		PropertySource<?> other = new MapPropertySource("other", Map.of("spring.config.import", text));
		assertThat(new ImportUse(SourceProperty.of(other, "spring.config.import", text)).origin())
			.isInstanceOf(PropertySourceOrigin.class);
	}

	@Test
	void problemOfBootstrapContextSaysWhoReadsIt() {
		ReferenceProblem problem = ReferenceProblems.bootstrap(ImportUse.of(ConfigDataLocation.of("secret:prod/db")));
		assertThat(problem.reference()).isEqualTo("secret:prod/db");
		assertThat(problem.description()).isEqualTo("The bootstrap context reads it, before secrets can be retrieved.");
	}

}
