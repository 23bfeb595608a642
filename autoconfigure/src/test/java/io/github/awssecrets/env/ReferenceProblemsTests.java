package io.github.awssecrets.env;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.config.ConfigDataLocation;

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
	void problemOfBootstrapContextSaysWhoReadsIt() {
		ReferenceProblem problem = ReferenceProblems.bootstrap(ImportUse.of(ConfigDataLocation.of("secret:prod/db")));
		assertThat(problem.reference()).isEqualTo("secret:prod/db");
		assertThat(problem.description()).isEqualTo("The bootstrap context reads it, before secrets can be retrieved.");
	}

}
