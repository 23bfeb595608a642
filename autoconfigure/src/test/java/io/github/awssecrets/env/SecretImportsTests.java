package io.github.awssecrets.env;

import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link SecretImports} and {@link ImportProblems}.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretImportsTests {

	private final TestContext context = new TestContext().keys("prod/db", "user", "password");

	@Test
	void keysBecomePropertiesOfWhichTheLastImportWins() {
		this.context.keys("prod/other", "user")
			.imported("secret:prod/other?prefix=app.")
			.imported("secret:prod/db?prefix=app.")
			.start();
		assertThat(this.context.property("app.user")).isEqualTo(TestContext.value("prod/other", "user"));
		assertThat(this.context.property("app.password")).isEqualTo(TestContext.value("prod/db", "password"));
	}

	@Test
	void keyWithoutPrefixThatIsEmptyIsNoProperty() {
		this.context.secret("prod/odd", "{\"\":\"x\",\"a\":\"y\",\"o\":{\"b\":1}}").imported("secret:prod/odd").start();
		assertThat(this.context.property("a")).isEqualTo("y");
		assertThat(source("secret:prod/odd").getPropertyNames()).doesNotContain("").contains("a");
	}

	@Test
	void keyThatIsReadEarlyIsIgnoredAndNamedOnce(CapturedOutput output) {
		this.context.secret("prod/odd", "{\"a\":\"x\",\"region\":\"y\"}")
			.imported("secret:prod/odd?prefix=aws.secrets.")
			.start();
		assertThat(this.context.property("aws.secrets.region")).isNull();
		assertThat(this.context.property("aws.secrets.a")).isNull();
		assertThat(output.toString().lines().filter((line) -> line.contains("Ignored"))).singleElement()
			.asString()
			.contains("Ignored aws.secrets.a, aws.secrets.region of import secret:prod/odd?prefix=aws.secrets. in the "
					+ "command line, a system property or an environment variable, as such properties are read before "
					+ "secrets can be retrieved");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			[1]        | prod/odd is a JSON array, and so has no keys to import.
			text       | prod/odd is a text that is not JSON, and so has no keys to import.
			""")
	void importWhenSecretHasNoKeysAsksForName(String text, String description) {
		this.context.secret("prod/odd", text).imported("optional:secret:prod/odd?prefix=a.&stage=AWSCURRENT");
		assertProblem(description,
				"Name the property that gets the whole secret: optional:secret:prod/odd?prefix=a.&name=<name>.");
	}

	@Test
	void importWhenSecretIsMalformedSaysWhere() {
		this.context.secret("prod/odd", "{\"a\":").imported("secret:prod/odd");
		ReferenceProblem problem = problem();
		assertThat(problem.description()).startsWith("prod/odd is malformed JSON: ").endsWith(".");
		assertThat(problem.action())
			.isEqualTo("Correct the secret; 'optional:' applies only where there is no secret.");
	}

	@Test
	void importWhenSecretIsBinaryAsksForName() {
		this.context.retrieval()
			.secret(SecretSelector.current(new SecretId("prod/odd")), SecretContent.ofBinary(new byte[] { 1 }));
		this.context.imported("secret:prod/odd");
		assertProblem("prod/odd is a binary secret, and so has no keys to import.",
				"Name the property that gets the whole secret: secret:prod/odd?name=<name>.");
	}

	@Test
	void importWhenDisabledHasProblemUnlessOptional() {
		this.context.arguments("--aws.secrets.enabled=false")
			.imported("optional:secret:prod/other")
			.imported("secret:prod/db?prefix=app.");
		assertProblem("The keys of this secret are not known, as aws.secrets.enabled is false.",
				"Set aws.secrets.enabled=true, write 'optional:' before the import, or move it to a profile that is "
						+ "active only where secrets are retrieved.");
		assertThat(this.context.retrievals()).isZero();
	}

	@Test
	void importWhenOptionalAndNotFoundHasNoProperties() {
		this.context.imported("optional:secret:missing?name=app.key").start();
		assertThat(this.context.property("app.key")).isNull();
	}

	@Test
	void importWhenOptionalAndDeniedHasProblem() {
		this.context.retrieval().failure("denied", RetrievalFailure.Cause.ACCESS_DENIED);
		this.context.imported("optional:secret:denied");
		assertThat(problem().reference()).isEqualTo("optional:secret:denied");
	}

	@Test
	void importWithNameWhenDeniedFailsWhereItIsRead() {
		this.context.retrieval().failure("denied", RetrievalFailure.Cause.ACCESS_DENIED);
		this.context.arguments("--aws.secrets.fail-fast=false").imported("secret:denied?name=app.key").start();
		assertThat(catchThrowableOfType(UnresolvedReferenceException.class, () -> this.context.property("app.key")))
			.isNotNull();
	}

	@Test
	void importWithoutPropertiesIsWarnedOfIfTheStartGoesOn(CapturedOutput output) {
		this.context.arguments("--aws.secrets.fail-fast=false").imported("secret:missing").start();
		assertThat(output).contains("Unresolved import: its properties cannot be read. ");
	}

	@Test
	void importWhenNotAllowedIsNeitherRetrievedNorUsed() {
		this.context.arguments("--aws.secrets.fail-fast=false", "--aws.secrets.allowed=test/*")
			.imported("secret:prod/db?prefix=app.")
			.start();
		assertThat(this.context.retrievals()).isZero();
		assertThat(this.context.property("app.user")).isNull();
		SecretsEnvironment secrets = SecretsEnvironment.find(this.context.environment());
		assertThat(secrets.usedSecrets()).isEmpty();
		assertThat(secrets.problems()).singleElement()
			.extracting(ReferenceProblem::description)
			.isEqualTo("Not allowed: no entry of aws.secrets.allowed matches 'prod/db'.");
	}

	@Test
	void problemsAreInTheOrderInWhichImportsAreWritten() {
		// The last one that is written ranks highest
		this.context.imported("secret:missing/last").imported("secret:missing/first");
		UnresolvedReferenceException failure = catchThrowableOfType(UnresolvedReferenceException.class,
				this.context::start);
		assertThat(failure.getProblems()).extracting(ReferenceProblem::reference)
			.containsExactly("secret:missing/first", "secret:missing/last");
	}

	@Test
	void importInUntrustedSourceIsRefused() {
		this.context.arguments("--aws.secrets.untrusted-sources=secret:*").imported("secret:prod/db?prefix=app.");
		assertProblem("Not trusted: imports in property source 'secret:prod/db?prefix=app.' are refused.",
				"Move the import to the application's own configuration.");
		assertThat(this.context.retrievals()).isZero();
	}

	@Test
	void reloadRemovesImportsThatAreNotThereAnyMore() {
		this.context.imported("secret:prod/db?prefix=app.").start();
		SecretsEnvironment secrets = SecretsEnvironment.find(this.context.environment());
		secrets.reload((environment) -> {
		});
		assertThat(this.context.property("app.user")).isNull();
		assertThat(this.context.environment().getPropertySources().contains("secret:prod/db?prefix=app.")).isFalse();
		assertThat(secrets.usedSecrets()).isEmpty();
	}

	@Test
	void importsAreCountedInTheLog(CapturedOutput output) {
		this.context.keys("prod/other", "key")
			.yaml("a: $<secret:prod/db.user>")
			.imported("secret:prod/db?prefix=app.")
			.imported("secret:prod/other?prefix=other.")
			.start();
		assertThat(output).contains("Resolved 1 reference and 2 imports to 2 secrets in eu-west-1: 1 call");
	}

	private void assertProblem(String description, String action) {
		ReferenceProblem problem = problem();
		assertThat(problem.description()).isEqualTo(description);
		assertThat(problem.action()).isEqualTo(action);
	}

	private ReferenceProblem problem() {
		UnresolvedReferenceException failure = catchThrowableOfType(UnresolvedReferenceException.class,
				this.context::start);
		assertThat(failure.getProblems()).hasSize(1);
		return failure.getProblems().get(0);
	}

	private SecretImportPropertySource source(String name) {
		return (SecretImportPropertySource) this.context.environment().getPropertySources().get(name);
	}

}
