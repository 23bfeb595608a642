package io.github.awssecrets.env;

import java.util.function.Function;

import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.testing.CanaryScanner;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.boot.context.properties.bind.Bindable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests of applications that run although references have no value: whoever reads one
 * fails, and never gets its text.
 */
class UnresolvedReferenceTests {

	private static final String DENIED = "$<secret:denied.key>";

	private final TestContext context = new TestContext().keys("prod/db", "password");

	UnresolvedReferenceTests() {
		this.context.retrieval().failure("denied", RetrievalFailure.Cause.ACCESS_DENIED);
	}

	@ParameterizedTest
	@EnumSource
	void readFailsInYaml(Read read) {
		this.context.arguments("--aws.secrets.fail-fast=false").yaml("app.key: " + DENIED).start();
		assertFails(read, "app.key");
	}

	@ParameterizedTest
	@EnumSource
	void readFailsByRelaxedName(Read read) {
		this.context.arguments("--aws.secrets.fail-fast=false").yaml("app.apiKey: " + DENIED).start();
		assertFails(read, "app.api-key");
	}

	@ParameterizedTest
	@EnumSource
	void readFailsInVariable(Read read) {
		this.context.arguments("--aws.secrets.fail-fast=false").variable("APP_API_KEY", DENIED).start();
		assertFails(read, "app.api-key");
	}

	@ParameterizedTest
	@EnumSource
	void readFailsWhenChained(Read read) {
		this.context.arguments("--aws.secrets.fail-fast=false").yaml("""
				app.key: a-${other}
				other: %s
				""".formatted(DENIED)).start();
		assertFails(read, "app.key");
	}

	@ParameterizedTest
	@EnumSource
	void readFailsWhenPlaceholderNextToReferenceNamesNothing(Read read) {
		this.context.arguments("--aws.secrets.fail-fast=false")
			.yaml("app.key: $<secret:prod/db.password>-${missing}")
			.start();
		assertFails(read, "app.key");
	}

	@Test
	void valueAnnotationWhenPlaceholderNextToValueNamesNothingDoesNotShowIt() {
		this.context.yaml("app.password: $<secret:prod/db.password>");
		assertUnresolved(() -> this.context.start(NextToMissing.class));
	}

	@ParameterizedTest
	@EnumSource
	void readFailsWhenCircular(Read read) {
		this.context.arguments("--aws.secrets.fail-fast=false")
			.yaml("app.apiKey: $<secret:prod/db.password>${app.api-key}")
			.start();
		assertFails(read, "app.api-key");
	}

	@ParameterizedTest
	@EnumSource
	void readFailsWhenCircularInVariable(Read read) {
		this.context.arguments("--aws.secrets.fail-fast=false")
			.variable("APP_KEY", "$<secret:prod/db.password>${app.key}")
			.start();
		assertFails(read, "app.key");
	}

	@ParameterizedTest
	@EnumSource
	void readFailsWhenMalformed(Read read) {
		this.context.arguments("--aws.secrets.fail-fast=false").yaml("app.key: $<secret:prod/db.password").start();
		assertFails(read, "app.key");
	}

	@ParameterizedTest
	@EnumSource
	void readFailsWhenDisabled(Read read) {
		this.context.arguments("--aws.secrets.enabled=false").yaml("app.apiKey: $<secret:prod/db.password>").start();
		assertFails(read, "app.api-key");
		assertThat(this.context.retrievals()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void readFailsWhenDisabledInVariable(Read read) {
		this.context.arguments("--aws.secrets.enabled=false").variable("APP_KEY", "$<secret:prod/db.password>").start();
		assertFails(read, "app.key");
		assertThat(this.context.retrievals()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "app.key", "app.api-key", "other.key" })
	void containsPropertyIsTrue(String name) {
		this.context.arguments("--aws.secrets.fail-fast=false")
			.variable("OTHER_KEY", DENIED)
			.yaml("app:\n  key: " + DENIED + "\n  apiKey: " + DENIED)
			.start();
		assertThat(this.context.environment().containsProperty(name)).isTrue();
	}

	@Test
	void listWithOneUnresolvedElementFails() {
		this.context.arguments("--aws.secrets.fail-fast=false").yaml("app.list: [ a, " + DENIED + ", c ]").start();
		assertUnresolved(() -> this.context.binder().bind("app.list", Bindable.listOf(String.class)));
		assertThat(this.context.property("app.list[0]")).isEqualTo("a");
	}

	@Test
	void otherPropertiesHaveValues() {
		this.context.arguments("--aws.secrets.fail-fast=false").yaml("""
				app.password: $<secret:prod/db.password>
				app.plain: text
				app.key: %s
				""".formatted(DENIED)).start();
		assertThat(this.context.property("app.password")).isEqualTo(TestContext.value("prod/db", "password"));
		assertThat(this.context.property("app.plain")).isEqualTo("text");
	}

	@Test
	void readWhenSecretDoesNotExistHasDefaultOfReference() {
		this.context.variable("APP_OTHER", "$<secret:missing.key:variable>")
			.yaml("app.key: $<secret:missing.key:default>")
			.start();
		assertThat(this.context.property("app.key")).isEqualTo("default");
		assertThat(this.context.property("app.other")).isEqualTo("variable");
	}

	@Test
	void readWhenDeniedDoesNotHaveDefaultOfReference() {
		this.context.arguments("--aws.secrets.fail-fast=false").yaml("app.key: $<secret:denied.key:default>").start();
		assertFails(Read.PROPERTY, "app.key");
	}

	@Test
	void readWhenDisabledHasDefaultOfReference() {
		this.context.arguments("--aws.secrets.enabled=false")
			.variable("APP_OTHER", "$<secret:prod/db.password:variable>")
			.yaml("app.key: $<secret:prod/db.password:default>")
			.start(DefaultOfReference.class);
		assertThat(this.context.property("app.key")).isEqualTo("default");
		assertThat(this.context.property("app.other")).isEqualTo("variable");
		assertThat(this.context.bean(DefaultOfReference.class).value).isEqualTo("annotation");
		assertThat(this.context.retrievals()).isZero();
	}

	@Test
	void valueAnnotationWhenDisabledFails() {
		this.context.arguments("--aws.secrets.enabled=false").yaml("x: y");
		assertUnresolved(() -> this.context.start(Direct.class));
	}

	private void assertFails(Read read, String name) {
		assertUnresolved(() -> read.of(this.context, name));
	}

	private static void assertUnresolved(ThrowingCallable reading) {
		Throwable failure = catchThrowable(reading);
		assertThat(failure).as("reading fails").isNotNull();
		assertThat(CanaryScanner.scan("failure", failure)).isEmpty();
		assertThat(failure).satisfiesAnyOf(
				(direct) -> assertThat(direct).isInstanceOf(UnresolvedReferenceException.class),
				(wrapped) -> assertThat(wrapped).hasRootCauseInstanceOf(UnresolvedReferenceException.class));
	}

	@SuppressWarnings("ImmutableEnumChecker")
	enum Read {

		PROPERTY((reader) -> reader.context.property(reader.name)),

		PROPERTY_WITH_DEFAULT((reader) -> reader.context.environment().getProperty(reader.name, "default")),

		TYPED_PROPERTY((reader) -> reader.context.environment().getProperty(reader.name, Integer.class, 1)),

		REQUIRED_PROPERTY((reader) -> reader.context.environment().getRequiredProperty(reader.name)),

		PLACEHOLDER((reader) -> reader.context.environment().resolvePlaceholders("${" + reader.name + "}")),

		PLACEHOLDER_WITH_DEFAULT(
				(reader) -> reader.context.environment().resolvePlaceholders("${" + reader.name + ":default}")),

		EMBEDDED_VALUE((reader) -> reader.context.context()
			.getBeanFactory()
			.resolveEmbeddedValue("${" + reader.name + ":default}")),

		EXPRESSION((reader) -> reader.context.context()
			.getBeanFactory()
			.getBeanExpressionResolver()
			.evaluate("#{environment['" + reader.name + "']}",
					new BeanExpressionContext(reader.context.context().getBeanFactory(), null))),

		BINDER((reader) -> reader.context.binder().bind(reader.name, String.class).orElse("default")),

		MAP((reader) -> reader.context.binder().bind("app", Bindable.mapOf(String.class, String.class)).get()),

		TYPED_BINDER((reader) -> reader.context.binder().bind(reader.name, Integer.class).orElse(1));

		private final Function<Reader, Object> reading;

		Read(Function<Reader, Object> reading) {
			this.reading = reading;
		}

		Object of(TestContext context, String name) {
			return this.reading.apply(new Reader(context, name));
		}

		private record Reader(TestContext context, String name) {

		}

	}

	static class DefaultOfReference {

		@Value("$<secret:prod/db.password:annotation>")
		private String value;

	}

	static class NextToMissing {

		@Value("${app.password}-${missing}")
		String value;

	}

	static class Direct {

		@Value("$<secret:prod/db.password>")
		String value;

	}

}
