package io.github.awssecrets.env;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.PropertySource;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of placeholders in and around references, and of text that is no reference.
 */
@ExtendWith(OutputCaptureExtension.class)
class PlaceholderTests {

	private static final String PASSWORD = TestContext.value("prod/db", "password");

	private final TestContext context = new TestContext().keys("prod/db", "username", "password");

	@Test
	void placeholderInIdIsResolved() {
		this.context.yaml("x: $<secret:${app.env}/db.password>").properties("lower", "app.env", "prod").start();
		assertThat(this.context.property("x")).isEqualTo(PASSWORD);
	}

	@Test
	void placeholderInIdWhenItHasDefaultIsResolved() {
		this.context.yaml("x: $<secret:${app.env:prod}/db.password>").start();
		assertThat(this.context.property("x")).isEqualTo(PASSWORD);
	}

	@Test
	void placeholderInKeyIsResolved() {
		this.context.yaml("x: $<secret:prod/db.${app.key}>").properties("lower", "app.key", "password").start();
		assertThat(this.context.property("x")).isEqualTo(PASSWORD);
	}

	@Test
	void placeholderForWholeArnIsResolved() {
		String arn = "arn:aws:secretsmanager:us-east-2:123456789012:secret:prod/db.x-AbCdEf";
		this.context.keys(arn, "password")
			.variable("DB_SECRET_ARN", arn)
			.yaml("x: $<secret:${DB_SECRET_ARN}.password>")
			.start();
		assertThat(this.context.property("x")).isEqualTo(TestContext.value(arn, "password"));
	}

	@Test
	void placeholderInOptionIsResolved() {
		this.context.yaml("x: $<secret:prod/db.password?stage=${app.stage}>")
			.properties("lower", "app.stage", "AWSCURRENT")
			.start();
		assertThat(this.context.property("x")).isEqualTo(PASSWORD);
	}

	@Test
	void placeholderInDefaultIsResolved() {
		this.context.yaml("x: $<secret:missing.key:jdbc:${host}:1>").properties("lower", "host", "here").start();
		assertThat(this.context.property("x")).isEqualTo("jdbc:here:1");
	}

	@Test
	void placeholderInDefaultWhenItNamesReferenceHasItsValue() {
		this.context.yaml("""
				x: $<secret:missing.key:${y}>
				y: <$<secret:prod/db.password>>
				""").start();
		assertThat(this.context.property("x")).isEqualTo("<" + PASSWORD + ">");
	}

	@Test
	void placeholderInDefaultWhenDefaultDoesNotApplyIsNotRetrieved() {
		this.context.yaml("x: $<secret:prod/db.password:${y}>")
			.source(new NonEnumerable("y", "$<secret:missing.key>"))
			.start();
		assertThat(this.context.property("x")).isEqualTo(PASSWORD);
		assertThat(this.context.retrieval().asked()).containsExactly("prod/db");
	}

	@Test
	void defaultWhenEmptyIsEmpty() {
		this.context.yaml("x: '$<secret:missing.key:>'").start();
		assertThat(this.context.property("x")).isEmpty();
	}

	@Test
	void defaultIsTextToSpring() {
		this.context.properties("file", "x", "$<secret:missing.key:\\${y} #{1+1} C:\\temp>").start();
		assertThat(this.context.property("x")).isEqualTo("${y} #{1+1} C:\\temp");
	}

	@Test
	void unknownPlaceholderInReferenceFails() {
		assertProblem("x: $<secret:${app.env}/db.password>", "x in application.yml:1:4",
				"The placeholder 'app.env' in the reference names no property.");
	}

	@Test
	void unknownPlaceholderBesideReferenceFails() {
		assertProblem("x: ${none}/$<secret:prod/db.password>", "x in application.yml:1:4",
				"The placeholder 'none' names no property");
	}

	@Test
	void secretThatChoosesSecretFailsAndNamesBothProperties() {
		this.context.secret("chooser", "prod/db");
		assertProblem("""
				x: $<secret:${y}.password>
				y: ${z}
				z: $<secret:chooser>
				""", "x in application.yml:1:4: $<secret:${y}.password>", "leads to property 'z'");
	}

	@Test
	void secretThatChoosesKeyFails() {
		this.context.secret("chooser", "password");
		assertProblem("""
				x: $<secret:prod/db.${z}>
				z: $<secret:chooser>
				""", "x in application.yml:1:4", "leads to property 'z'");
	}

	@Test
	void secretThatChoosesStageFails() {
		this.context.secret("chooser", "AWSCURRENT");
		assertProblem("""
				x: $<secret:prod/db.password?stage=${z}>
				z: $<secret:chooser>
				""", "x in application.yml:1:4", "leads to property 'z'");
	}

	@Test
	void circularPlaceholdersFail() {
		assertProblem("""
				x: $<secret:prod/db.password>${y}
				y: ${x}
				""", "x in application.yml:1:4", "leads back to itself");
	}

	@Test
	void referenceThatChoosesItselfFails() {
		assertProblem("x: $<secret:${x}.password>", "x in application.yml:1:4", "leads to property 'x'");
	}

	@Test
	void circularDefaultFails() {
		assertProblem("""
				x: $<secret:missing.key:${y}>
				y: $<secret:missing.key:${x}>
				""", "x in application.yml:1:4", "leads back to the reference");
	}

	@Test
	void malformedReferenceFailsWithColumn() {
		assertProblem("x: abc$<secret:prod/db.password", "x in application.yml:1:4", "Column 4");
	}

	@Test
	void escapedReferenceIsLiteralText() {
		this.context.yaml("""
				x: \\$<secret:prod/db.password>
				y: ${x}
				list: [ \\$<secret:a.b>, plain ]
				""").variable("APP_KEY", "\\$<secret:c.d>").start();
		assertThat(this.context.property("x")).isEqualTo("$<secret:prod/db.password>");
		assertThat(this.context.property("y")).isEqualTo("$<secret:prod/db.password>");
		assertThat(this.context.property("app.key")).isEqualTo("$<secret:c.d>");
		assertThat(this.context.environment().resolvePlaceholders("${x}")).isEqualTo("$<secret:prod/db.password>");
		assertThat(this.context.binder().bind("list", String[].class).get()).containsExactly("$<secret:a.b>", "plain");
		assertThat(this.context.retrievals()).isZero();
	}

	@Test
	void escapedBackslashBeforeReferenceIsBackslash() {
		this.context.yaml("x: C:\\\\$<secret:prod/db.password>").start();
		assertThat(this.context.property("x")).isEqualTo("C:\\" + PASSWORD);
	}

	@Test
	void nearMissStaysTextAndWarnsOnce(CapturedOutput output) {
		this.context.yaml("x: $<secrets:prod/db.password>").start();
		assertThat(this.context.property("x")).isEqualTo("$<secrets:prod/db.password>");
		assertThat(output).contains("x in application.yml:1:4, column 1:");
		assertThat(StringUtils.countOccurrencesOf(output.toString(), "is no reference and stays text")).isOne();
	}

	@Test
	void springPlaceholderWarnsOnce(CapturedOutput output) {
		this.context.yaml("x: ${secret:prod/db.password}").start();
		assertThat(StringUtils.countOccurrencesOf(output.toString(), "is a placeholder of Spring's, not a reference"))
			.isOne();
	}

	@Test
	void springPlaceholderWithoutDotOrSlashDoesNotWarn(CapturedOutput output) {
		this.context.yaml("x: ${secret:none}").start();
		assertThat(output).doesNotContain("not a reference");
	}

	@Test
	void startWhenUntrustedSourceWouldChooseSecretFails() {
		this.context.arguments("--aws.secrets.untrusted-sources=remote").properties("remote", "env", "prod");
		assertProblem("x: $<secret:${env}/db.password>",
				"Not trusted: a placeholder in the reference leads to property 'env' in property source 'remote', "
						+ "which may not choose a secret.");
		assertThat(this.context.retrieval().asked()).isEmpty();
	}

	@Test
	void startWhenUntrustedSourceIsNextToReferenceStarts() {
		this.context.arguments("--aws.secrets.untrusted-sources=remote")
			.properties("remote", "env", "prod")
			.yaml("x: ${env}-$<secret:prod/db.password>")
			.start();
		assertThat(this.context.property("x")).isEqualTo("prod-" + TestContext.value("prod/db", "password"));
	}

	private void assertProblem(String yaml, String... expected) {
		this.context.yaml(yaml);
		assertThatExceptionOfType(UnresolvedReferenceException.class).isThrownBy(this.context::start)
			.satisfies((ex) -> assertThat(ex.getProblems().get(0).toString()).contains(expected));
	}

	/**
	 * A source of one property that tells no names.
	 */
	private static final class NonEnumerable extends PropertySource<String> {

		private final String property;

		NonEnumerable(String property, String value) {
			super("non-enumerable", value);
			this.property = property;
		}

		@Override
		public Object getProperty(String name) {
			return name.equals(this.property) ? getSource() : null;
		}

	}

}
