package io.github.awssecrets.env;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests of <code>${secret:...}</code> as a reference in properties and in {@code @Value},
 * which it is if {@code aws.secrets.spring-placeholders} is set.
 */
@ExtendWith(OutputCaptureExtension.class)
class SpringPlaceholderTests {

	private static final String PASSWORD = TestContext.value("prod/db", "password");

	private final TestContext context = new TestContext().keys("prod/db", "username", "password");

	@Test
	void propertyWhenSwitchedOffIsThatOfSpring(CapturedOutput output) {
		this.context.variable("SECRET", "own").yaml("""
				x: ${secret:prod/db.password}
				y: ${none:${secret:prod/db.username}}
				""").start(Annotated.class);
		assertThat(this.context.property("x")).isEqualTo("own");
		assertThat(this.context.property("y")).isEqualTo("own");
		assertThat(this.context.bean(Annotated.class).value).isEqualTo("own");
		assertThat(this.context.environment().resolvePlaceholders("${secret:a.b}")).isEqualTo("own");
		assertThat(this.context.property("secret:prod/db.password")).isNull();
		assertThat(this.context.environment().containsProperty("secret:prod/db.password")).isFalse();
		assertThat(this.context.retrievals()).isZero();
		assertThat(output.toString().lines().filter((line) -> line.contains("${secret:...}"))).singleElement()
			.asString()
			.contains("x in application.yml:1:4: ${secret:...} is a placeholder of Spring's, not a reference");
	}

	@Test
	void annotationWhenSwitchedOffIsWarnedOf(CapturedOutput output) {
		this.context.start(Annotated.class);
		assertThat(this.context.bean(Annotated.class).value).isEqualTo("prod/db.password");
		assertThat(output).contains("@Value in an annotation: ${secret:...} is a placeholder of Spring's");
	}

	@Test
	void propertiesWhenSwitchedOnHaveValuesOfOneCall(CapturedOutput output) {
		this.context.keys("prod/other", "key").variable("APP_SPARE", "${secret:prod/other.key}").yaml("""
				x: <${secret:prod/db.password}>
				list: [ "${secret:prod/db.username}", plain ]
				chained: ${x}
				both: $<secret:prod/db.password>${secret:prod/db.username}
				""");
		start();
		String username = TestContext.value("prod/db", "username");
		assertThat(this.context.property("x")).isEqualTo("<" + PASSWORD + ">");
		assertThat(this.context.property("chained")).isEqualTo("<" + PASSWORD + ">");
		assertThat(this.context.property("both").equals(PASSWORD + username)).isTrue();
		assertThat(this.context.property("app.spare").equals(TestContext.value("prod/other", "key"))).isTrue();
		assertThat(this.context.binder().bind("x", String.class).get().equals("<" + PASSWORD + ">")).isTrue();
		String[] list = this.context.binder().bind("list", String[].class).get();
		assertThat(list).hasSize(2).endsWith("plain");
		assertThat(list[0].equals(username)).isTrue();
		assertThat(this.context.retrieval().calls()).isOne();
		assertThat(output).contains("Resolved 5 references to 2 secrets in eu-west-1: 1 call")
			.doesNotContain("${secret:...}");
	}

	@Test
	void propertyWhenSwitchedOnHasOrigin() {
		this.context.yaml("x: ${secret:prod/db.password}");
		start();
		PropertySource<?> twin = this.context.environment().getPropertySources().get("awsSecretsTwin-application.yml");
		assertThat(OriginLookup.getOrigin(twin, "x")).asString().contains("1:4").contains("secret prod/db, version");
	}

	@Test
	void propertyWhenSecretIsArnHasValue() {
		String arn = "arn:aws:secretsmanager:us-east-2:123456789012:secret:prod/x-AbCdEf";
		this.context.keys(arn, "key").yaml("x: ${secret:" + arn + ".key}");
		start();
		assertThat(this.context.property("x").equals(TestContext.value(arn, "key"))).isTrue();
	}

	@Test
	void propertyWhenItHasOptionAsksForIt() {
		this.context.yaml("x: ${secret:prod/db.password?stage=AWSCURRENT}");
		start();
		assertThat(this.context.property("x").equals(PASSWORD)).isTrue();
	}

	@Test
	void defaultOfPlaceholderWhenItDoesNotApplyIsNotRetrieved() {
		this.context.variable("DB_PASSWORD", "plain").yaml("x: ${DB_PASSWORD:${secret:prod/db.password}}");
		start();
		assertThat(this.context.property("x")).isEqualTo("plain");
		assertThat(this.context.retrievals()).isZero();
	}

	@Test
	void defaultOfPlaceholderWhenItAppliesIsRetrieved() {
		this.context.yaml("x: ${DB_PASSWORD:${secret:prod/db.password}}");
		start();
		assertThat(this.context.property("x").equals(PASSWORD)).isTrue();
		assertThat(this.context.retrieval().calls()).isOne();
	}

	@Test
	void shadowedReferenceIsNotRetrieved() {
		this.context.variable("APP_KEY", "plain").yaml("app.key: ${secret:missing.key}");
		start();
		assertThat(this.context.property("app.key")).isEqualTo("plain");
		assertThat(this.context.retrievals()).isZero();
	}

	@Test
	void escapedReferenceIsLiteralText() {
		this.context.yaml("""
				x: \\${secret:prod/db.password}
				y: ${x}
				z: \\${secret:prod/db.password}${secret:prod/db.password}
				""");
		start();
		assertThat(this.context.property("x")).isEqualTo("${secret:prod/db.password}");
		assertThat(this.context.property("y")).isEqualTo("${secret:prod/db.password}");
		assertThat(this.context.property("z").equals("${secret:prod/db.password}" + PASSWORD)).isTrue();
		assertThat(this.context.environment().resolvePlaceholders("\\${secret:prod/db.password}"))
			.isEqualTo("${secret:prod/db.password}");
	}

	@Test
	void valueWithPlaceholderInItArrivesAsItIs() {
		this.context.secret("data", "${secret:prod/db.password} $<secret:prod/db.password> #{1+1} \\")
			.yaml("x: ${secret:data}");
		start(WholeAnnotated.class);
		String expected = "${secret:prod/db.password} $<secret:prod/db.password> #{1+1} \\";
		assertThat(this.context.property("x")).isEqualTo(expected);
		assertThat(this.context.binder().bind("x", String.class).get()).isEqualTo(expected);
		assertThat(this.context.bean(WholeAnnotated.class).value).isEqualTo(expected);
		assertThat(this.context.retrieval().asked()).containsExactly("data");
	}

	@Test
	void annotationHasValue() {
		start(Annotated.class);
		assertThat(this.context.bean(Annotated.class).value.equals(PASSWORD)).isTrue();
	}

	@Test
	void annotationWhenReferenceIsInExpressionFails() {
		Throwable failure = catchThrowable(() -> start(InsideExpression.class));
		assertThat(failure).rootCause()
			.isInstanceOf(UnresolvedReferenceException.class)
			.hasMessageContaining("${secret:prod/db.password}: The content of a secret would become part of an "
					+ "expression #{...}.");
	}

	@Test
	void startWhenReferencesAreBadNamesThemAll() {
		this.context.yaml("""
				a: ${secret:prod/db.pasword}
				b: ${secret:missing}
				c: ${secret:prod/db.k:hidden}
				d: ${secret:${env}/db.k}
				e: ${secret:prod/db.password
				""").properties("lower", "env", "prod");
		assertThatExceptionOfType(UnresolvedReferenceException.class).isThrownBy(this::start)
			.satisfies((ex) -> assertThat(ex.getProblems()).map(ReferenceProblem::toString)
				.containsExactlyInAnyOrder(
						"a in application.yml:1:4: ${secret:prod/db.pasword}: prod/db has no key 'pasword'. "
								+ "Its keys: password, username. Did you mean 'password'?",
						"b in application.yml:2:4: ${secret:missing}: No secret 'missing' in eu-west-1. "
								+ "Create the secret, correct the name, or set aws.secrets.region.",
						"c in application.yml:3:4: Column 1: There can be no default in '${secret:...}'. "
								+ "Write $<secret:prod/db.k:***>. Correct the reference.",
						"d in application.yml:4:4: Column 1: There can be no placeholder in '${secret:...}'. "
								+ "Write $<secret:${env}/db.k>. Correct the reference.",
						"e in application.yml:5:4: Column 1: The reference has no closing '}'. Write '}' at its end; "
								+ "one that closes another '{' does not count. Correct the reference."));
	}

	@Test
	void startWhenPlaceholderYieldsReferenceFails() {
		this.context.yaml("""
				x: ${${y}}
				y: secret:prod/db.password
				""");
		assertThatExceptionOfType(UnresolvedReferenceException.class).isThrownBy(this::start)
			.withMessageStartingWith(
					"x in application.yml:1:4: A placeholder cannot be part of ${secret:...}, nor " + "yield it");
		assertThat(this.context.retrievals()).isZero();
	}

	@Test
	void startWhenSecretYieldsReferenceFails() {
		this.context.secret("chooser", "secret:prod/db.password").yaml("""
				x: ${${y}}
				y: ${secret:chooser}
				""");
		assertThatExceptionOfType(UnresolvedReferenceException.class).isThrownBy(this::start)
			.satisfies((ex) -> assertThat(ex.getProblems().get(0).toString()).startsWith("x in application.yml:1:4"));
	}

	@Test
	void startWhenSecretIsNotAllowedFails() {
		this.context.properties("lower", "aws.secrets.allowed", "test/*").yaml("x: ${secret:prod/db.password}");
		assertThatExceptionOfType(UnresolvedReferenceException.class).isThrownBy(this::start)
			.withMessageContaining("Not allowed: no entry of aws.secrets.allowed matches 'prod/db'.");
	}

	@Test
	void startWhenSourceIsUntrustedFails() {
		this.context.properties("lower", "aws.secrets.untrusted-sources", "remote")
			.properties("remote", "x", "${secret:prod/db.password}");
		assertThatExceptionOfType(UnresolvedReferenceException.class).isThrownBy(this::start)
			.withMessageContaining("Not trusted: references in property source 'remote' are refused.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "secret", "Secret", "SECRET", "sec-ret" })
	void startWhenPropertyIsCalledSecretFails(String name) {
		this.context.yaml(name + ": x");
		assertThatExceptionOfType(SecretPropertyException.class).isThrownBy(this::start)
			.withMessage("Property '%s' in application.yml:1:%d takes the name of references", name, name.length() + 3);
	}

	@Test
	void startWhenVariableIsCalledSecretFails() {
		this.context.variable("SECRET", "x");
		assertThatExceptionOfType(SecretPropertyException.class).isThrownBy(this::start)
			.withMessage("Property 'SECRET' in environment variable SECRET takes the name of references")
			.satisfies((ex) -> {
				assertThat(ex.getProperty()).isEqualTo("SECRET");
				assertThat(ex.getLocation()).isEqualTo("environment variable SECRET");
			});
	}

	@Test
	void startWhenPropertyBelowSecretIsSetSucceeds() {
		this.context.yaml("secret.key: x\nsecrets: y");
		start();
		assertThat(this.context.property("secret.key")).isEqualTo("x");
	}

	@Test
	void referenceWhenDisabledFailsWhenItIsRead() {
		this.context.properties("lower", "aws.secrets.enabled", "false").yaml("x: ${secret:prod/db.password}");
		start();
		assertThatExceptionOfType(UnresolvedReferenceException.class).isThrownBy(() -> this.context.property("x"))
			.withMessageContaining("References are not resolved, as aws.secrets.enabled is false.");
		assertThatExceptionOfType(UnresolvedReferenceException.class)
			.isThrownBy(() -> this.context.property("secret:prod/db.password"));
		assertThat(this.context.retrievals()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "logging.file.name, logging.*", "aws.secrets.region, aws.secrets.*" })
	void earlyPropertyIsRefused(String name, String group) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new MapPropertySource("test",
					Map.of("aws.secrets.spring-placeholders", "true", name, "${x:${secret:prod/log.file}}")));
		assertThatExceptionOfType(UnresolvedReferenceException.class)
			.isThrownBy(() -> EarlyProperties.of(environment.getPropertySources()).refuseReferences(environment))
			.withMessage("%s in property source 'test': ${secret:prod/log.file}: A reference cannot stand here: "
					+ "%s is read before secrets can be retrieved. Write the value itself, or take it from an "
					+ "environment variable: ${NAME}.", name, group);
	}

	private void start(Class<?>... classes) {
		this.context.properties("switch", "aws.secrets.spring-placeholders", "true").start(classes);
	}

	static class Annotated {

		@Value("${secret:prod/db.password}")
		private String value;

	}

	static class WholeAnnotated {

		@Value("${secret:data}")
		private String value;

	}

	static class InsideExpression {

		InsideExpression(@Value("#{'${secret:prod/db.password}'}") String value) {
			throw new IllegalStateException("Nobody can construct this");
		}

	}

}
