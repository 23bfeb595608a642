package io.github.awssecrets.env;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link NamedSecrets}.
 */
@ExtendWith(OutputCaptureExtension.class)
class NamedSecretsTests {

	private final TestContext context = new TestContext();

	@Test
	void secretsThatSettingsNameAreRetrievedAndCounted(CapturedOutput output) {
		this.context.keys("prod/db", "username", "password").keys("prod/reports", "username", "password").yaml("""
				aws.secrets.jdbc:
				  secret: prod/db
				  data-sources.reports: prod/reports
				""").start();
		assertThat(this.context.retrieval().asked()).containsExactlyInAnyOrder("prod/db", "prod/reports");
		assertThat(output).contains("Resolved 2 settings to 2 secrets in eu-west-1: 1 call");
		assertThat(SecretsEnvironment.find(this.context.environment()).usedSecrets())
			.allSatisfy((used) -> assertThat(used.keys()).extracting(Object::toString)
				.containsExactlyInAnyOrder("username", "password"));
	}

	@Test
	void secretWithoutPasswordIsAProblemOfTheSetting() {
		this.context.keys("prod/db", "username", "user").yaml("aws.secrets.jdbc.secret: prod/db");
		assertProblem("aws.secrets.jdbc.secret", "prod/db has no key 'password'. Its keys: user, username.");
	}

	@Test
	void secretWithoutBothKeysIsOneProblem() {
		this.context.secret("prod/db", "{}").yaml("aws.secrets.jdbc.data-sources.orders: prod/db");
		assertProblem("aws.secrets.jdbc.data-sources.orders",
				"prod/db has no key 'username' and no key 'password'. Its keys: none.");
	}

	@Test
	void secretThatIsNoJsonIsAProblemOfTheSetting() {
		this.context.secret("prod/db", "text").yaml("aws.secrets.jdbc.secret: prod/db");
		assertProblem("aws.secrets.jdbc.secret", "prod/db is not a JSON object, and so has no keys to log in with.");
	}

	private void assertProblem(String property, String description) {
		UnresolvedReferenceException failure = catchThrowableOfType(UnresolvedReferenceException.class,
				this.context::start);
		assertThat(failure.getProblems()).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo(property);
			assertThat(problem.description()).isEqualTo(description);
			assertThat(problem.action()).isEqualTo("Correct the secret, or the setting.");
		});
	}

}
