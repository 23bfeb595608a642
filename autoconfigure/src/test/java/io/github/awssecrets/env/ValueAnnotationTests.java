package io.github.awssecrets.env;

import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.InProcessRetrieval;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.beans.factory.config.TypedStringValue;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.context.EmbeddedValueResolverAware;
import org.springframework.util.StringValueResolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests of references in {@code @Value} and other annotations, read the way that Spring
 * reads them.
 */
class ValueAnnotationTests {

	private static final String PASSWORD = TestContext.value("prod/db", "password");

	private final TestContext context = new TestContext().keys("prod/db", "username", "password");

	@Test
	void fieldWhenPlaceholderNamesReferenceHasValue() {
		this.context.yaml("db.password: $<secret:prod/db.password>").start(Field.class);
		assertThat(this.context.bean(Field.class).value).isEqualTo(PASSWORD);
		assertThat(SecretsEnvironment.find(this.context.environment()).used().read()).isEmpty();
	}

	@Test
	void fieldWhenPlaceholderIsChainedHasValue() {
		this.context.yaml("""
				db.password: ${chain.one}
				chain.one: ${chain.two}
				chain.two: $<secret:prod/db.password>
				""").start(Field.class);
		assertThat(this.context.bean(Field.class).value).isEqualTo(PASSWORD);
	}

	@Test
	void constructorParameterHasValue() {
		this.context.yaml("db.password: $<secret:prod/db.password>").start(ConstructorParameter.class);
		assertThat(this.context.bean(ConstructorParameter.class).value).isEqualTo(PASSWORD);
	}

	@Test
	void methodParameterHasValue() {
		this.context.yaml("db.password: $<secret:prod/db.password>").start(MethodParameter.class);
		assertThat(this.context.bean(MethodParameter.class).value).isEqualTo(PASSWORD);
	}

	@Test
	void numberHasValue() {
		this.context.secret("prod/number", "{\"port\":5432}")
			.yaml("db.port: $<secret:prod/number.port>")
			.start(NumberField.class, NumberConstructor.class, NumberMethod.class);
		assertThat(this.context.bean(NumberField.class).value).isEqualTo(5432);
		assertThat(this.context.bean(NumberConstructor.class).value).isEqualTo(5432);
		assertThat(this.context.bean(NumberMethod.class).value).isEqualTo(5432);
	}

	@Test
	void textThatIsNoNumberFailsWithThePlaceAndWithoutTheValue() {
		assertNotConverted(NumberField.class, "field 'value'");
		assertNotConverted(NumberConstructor.class, "parameter 1 of the constructor");
		assertNotConverted(NumberMethod.class, "parameter 2 of method 'setValues'");
	}

	private static void assertNotConverted(Class<?> type, String place) {
		TestContext context = new TestContext().keys("prod/db", "password")
			.yaml("db.port: $<secret:prod/db.password>\ndb.name: x");
		Throwable failure = catchThrowable(() -> context.start(type));
		assertThat(failure).rootCause()
			.isInstanceOf(SecretConversionException.class)
			.hasMessage(
					"@Value of %s of %s (db.port in application.yml:1:10; secret prod/db, version %s) cannot be "
							+ "converted to int. The value comes from a secret, and is not shown",
					place, type.getName(), InProcessRetrieval.VERSION_ID);
	}

	@Test
	void directReferenceWhenSecretIsNewIsRetrievedWithOneMoreCall() {
		this.context.keys("prod/other", "key")
			.yaml("db.password: $<secret:prod/db.password>")
			.start(Direct.class, DirectAgain.class);
		assertThat(this.context.bean(Direct.class).value).isEqualTo(TestContext.value("prod/other", "key"));
		assertThat(this.context.bean(DirectAgain.class).value)
			.isEqualTo("[" + TestContext.value("prod/other", "key") + "]");
		assertThat(this.context.retrieval().asked()).containsExactly("prod/db", "prod/other");
		assertThat(this.context.retrieval().calls()).isEqualTo(2);
		assertThat(SecretsEnvironment.find(this.context.environment()).used().read().keySet()).singleElement()
			.extracting((reference) -> reference.selector().id().value())
			.isEqualTo("prod/other");
	}

	@Test
	void directReferenceWhenSecretIsKnownIsNotRetrievedAgain() {
		this.context.keys("prod/other", "key").yaml("x: $<secret:prod/other.key>").start(Direct.class);
		assertThat(this.context.bean(Direct.class).value).isEqualTo(TestContext.value("prod/other", "key"));
		assertThat(this.context.retrieval().calls()).isEqualTo(1);
	}

	@Test
	void directReferenceWhenKeyIsMissingFailsWithoutShowingOtherValues() {
		this.context.secret("prod/other", Canary.json("prod/other", 1, "different"));
		Throwable failure = catchThrowable(() -> this.context.start(Direct.class));
		assertThat(failure).hasRootCauseInstanceOf(UnresolvedReferenceException.class)
			.rootCause()
			.hasMessageContaining("@Value in an annotation")
			.hasMessageContaining("$<secret:prod/other.key>")
			.hasMessageContaining("has no key 'key'");
	}

	@Test
	void referenceInDefaultWhenPropertyIsSetIsNotRetrieved() {
		this.context.variable("DB_PASSWORD", "plain").start(ReferenceInDefault.class);
		assertThat(this.context.bean(ReferenceInDefault.class).value).isEqualTo("plain");
		assertThat(this.context.retrievals()).isZero();
	}

	@Test
	void referenceInDefaultWhenPropertyIsNotSetIsRetrieved() {
		this.context.start(ReferenceInDefault.class);
		assertThat(this.context.bean(ReferenceInDefault.class).value).isEqualTo(PASSWORD);
	}

	@Test
	void referenceInDefaultWhenPropertyIsReferenceTakesThatOne() {
		this.context.keys("prod/other", "key")
			.variable("DB_PASSWORD", "$<secret:prod/other.key>")
			.start(ReferenceInDefault.class);
		assertThat(this.context.bean(ReferenceInDefault.class).value).isEqualTo(TestContext.value("prod/other", "key"));
		assertThat(this.context.retrieval().asked()).containsExactly("prod/other");
	}

	@Test
	void convertedValueHasType() {
		this.context.secret("prod/pool", "{\"size\":12,\"names\":\"a,b\"}")
			.yaml("pool.size: $<secret:prod/pool.size>")
			.start(Converted.class);
		assertThat(this.context.bean(Converted.class).size).isEqualTo(12);
		assertThat(this.context.bean(Converted.class).names).containsExactly("a", "b");
	}

	@Test
	void convertedValueWhenEmptyIsNull() {
		this.context.secret("prod/pool", "{\"size\":\"\",\"names\":\"\"}")
			.yaml("pool.size: $<secret:prod/pool.size>")
			.start(Converted.class);
		assertThat(this.context.bean(Converted.class).size).isNull();
		assertThat(this.context.bean(Converted.class).names).isEmpty();
	}

	@Test
	void expressionThatReadsEnvironmentHasValue() {
		String value = "#{1+1} ${x} " + PASSWORD;
		this.context.secret("text", value).yaml("db.password: $<secret:text>").start(Expression.class);
		assertThat(this.context.bean(Expression.class).value).isEqualTo(value);
		assertThat(this.context.bean(Expression.class).length).isEqualTo(value.length());
	}

	@Test
	void referenceInsideExpressionFailsWithHint() {
		assertInsideExpression(ReferenceInsideExpression.class, "#{environment['<name of a property");
		assertThat(this.context.retrieval().calls()).isZero();
	}

	@Test
	void placeholderInsideExpressionWhenItYieldsSecretFailsWithHint() {
		this.context.yaml("db.password: $<secret:prod/db.password>");
		assertInsideExpression(PlaceholderInsideExpression.class, "#{environment['db.password']}");
	}

	@Test
	void placeholderInsideExpressionWhenItYieldsPlainTextIsEvaluated() {
		this.context.yaml("db.password: plain").start(PlaceholderInsideExpression.class);
		assertThat(this.context.bean(PlaceholderInsideExpression.class).value).isEqualTo("PLAIN");
	}

	@Test
	void placeholderInsideExpressionInDefaultWhenItYieldsSecretFailsWithHint() {
		this.context.yaml("db.password: $<secret:prod/db.password>");
		assertInsideExpression(PlaceholderInsideExpressionInDefault.class, "#{environment['db.password']}");
	}

	@Test
	void secretBetweenPrefixAndBraceIsNotEvaluated() {
		this.context.secret("empty", "").secret("hash", "#").secret("braces", "{1+1}").start(Joined.class);
		Joined joined = this.context.bean(Joined.class);
		assertThat(joined.secretThenBraces).isEqualTo("#{1+1}");
		assertThat(joined.hashThenSecret).isEqualTo("#{1+1}");
		assertThat(joined.emptyBetween).isEqualTo("#{1+1}");
		assertThat(joined.secrets).isEqualTo("#{1+1}");
		assertThat(joined.defaultThenBraces).isEqualTo("#{1+1}");
	}

	@Test
	void secretWithExpressionIsNotEvaluated() {
		String value = "#{1+1}#{systemProperties}#{T(java.lang.Runtime)} #{'#{'} #{ ##{{} #{";
		this.context.secret("text", value).yaml("db.password: $<secret:text>").start(Field.class, Mixed.class);
		assertThat(this.context.bean(Field.class).value).isEqualTo(value);
		assertThat(this.context.bean(Mixed.class).value).isEqualTo("3 " + value + " 4");
	}

	@Test
	void secretWithPlaceholderIsNotResolved() {
		String value = "${db.password} ${x:y} \\${x} $<secret:prod/db.password> ${";
		this.context.secret("text", value).yaml("db.password: $<secret:text>").start(Field.class, Mixed.class);
		assertThat(this.context.bean(Field.class).value).isEqualTo(value);
		assertThat(this.context.bean(Mixed.class).value).isEqualTo("3 " + value + " 4");
	}

	@Test
	void placeholderWhenValueHasUnknownPlaceholderFailsBeforeAnythingIsEvaluated() {
		this.context.secret("text", "#{T(java.lang.System).setProperty('evaluated','by-mistake')}")
			.yaml("db.password: ${unknown} $<secret:text>");
		Throwable failure = catchThrowable(() -> this.context.start(Field.class));
		assertThat(failure).isInstanceOf(UnresolvedReferenceException.class).hasMessageContaining("unknown");
		assertThat(System.getProperty("evaluated")).isNull();
	}

	@Test
	void malformedExpressionBesideSecretFailsWithoutShowingTheSecret() {
		this.context.yaml("db.password: $<secret:prod/db.password>");
		for (Class<?> malformed : new Class<?>[] { Unclosed.class, Empty.class, WrongBracket.class }) {
			try (TestContext other = new TestContext().keys("prod/db", "password")
				.yaml("db.password: $<secret:prod/db.password>")) {
				Throwable failure = catchThrowable(() -> other.start(malformed));
				assertThat(failure).as(malformed.getSimpleName()).isNotNull();
				for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
					assertThat(Canary.isIn(String.valueOf(cause.getMessage()))).as(malformed.getSimpleName()).isFalse();
				}
			}
		}
	}

	@Test
	void escapedReferenceIsLiteralText() {
		this.context.yaml("db.password: \\$<secret:prod/db.password>").start(Field.class, Escaped.class);
		assertThat(this.context.bean(Field.class).value).isEqualTo("$<secret:prod/db.password>");
		assertThat(this.context.bean(Escaped.class).value).isEqualTo("$<secret:prod/db.password> \\" + PASSWORD);
	}

	@Test
	void embeddedValueResolverHasValue() {
		this.context.secret("text", "#{1+1} ${x}").yaml("db.password: $<secret:text>").start(Aware.class);
		StringValueResolver resolver = this.context.bean(Aware.class).resolver;
		assertThat(resolver.resolveStringValue("${db.password}")).isEqualTo("#{1+1} ${x}");
		assertThat(resolver.resolveStringValue("$<secret:text> #{1+1}")).isEqualTo("#{1+1} ${x} 2");
		assertThat(
				new EmbeddedValueResolver(this.context.context().getBeanFactory()).resolveStringValue("${db.password}"))
			.isEqualTo("#{1+1} ${x}");
	}

	@Test
	void beanDefinitionHasValueThatIsNotEvaluated() {
		this.context.secret("text", "#{1+1} ${x}")
			.yaml("db.password: $<secret:text>")
			.context()
			.registerBeanDefinition("defined",
					BeanDefinitionBuilder.genericBeanDefinition(Defined.class)
						.addConstructorArgValue("${db.password} #{1+1}")
						.addConstructorArgValue("$<secret:prod/db.password>")
						.addConstructorArgValue(new TypedStringValue("${none:x} #{1+2}"))
						.getBeanDefinition());
		this.context.start();
		Defined defined = this.context.bean(Defined.class);
		assertThat(defined.value).isEqualTo("#{1+1} ${x} 2");
		assertThat(defined.direct).isEqualTo(PASSWORD);
		assertThat(defined.plain).isEqualTo("x 3");
	}

	@Test
	void textWithoutReferenceIsLeftToSpring() {
		this.context.variable("PLAIN", "x").start(Plain.class);
		assertThat(this.context.bean(Plain.class).value).isEqualTo("x y 2 $<secrets:a.b>");
		assertThat(this.context.retrievals()).isZero();
	}

	private void assertInsideExpression(Class<?> bean, String hint) {
		assertThatException().isThrownBy(() -> this.context.start(bean))
			.havingRootCause()
			.isInstanceOf(UnresolvedReferenceException.class)
			.withMessageContaining("would become part of an expression #{...}")
			.withMessageContaining(hint);
	}

	static class Field {

		@Value("${db.password}")
		private String value;

	}

	static class ConstructorParameter {

		private final String value;

		ConstructorParameter(@Value("${db.password}") String value) {
			this.value = value;
		}

	}

	static class MethodParameter {

		private String value;

		@Autowired
		void setValue(@Value("${db.password}") String value) {
			this.value = value;
		}

	}

	static class NumberField {

		@Value("${db.port}")
		int value;

	}

	static class NumberConstructor {

		final int value;

		NumberConstructor(@Value("${db.port}") int value) {
			this.value = value;
		}

	}

	static class NumberMethod {

		int value;

		@Autowired
		void setValues(@Value("${db.name:x}") String name, @Value("${db.port}") int value) {
			this.value = value;
		}

	}

	static class Direct {

		@Value("$<secret:prod/other.key>")
		private String value;

	}

	static class DirectAgain {

		@Value("[$<secret:prod/other.key>]")
		private String value;

	}

	static class ReferenceInDefault {

		@Value("${DB_PASSWORD:$<secret:prod/db.password>}")
		private String value;

	}

	static class Converted {

		@Value("${pool.size}")
		private Integer size;

		@Value("$<secret:prod/pool.names>")
		private String[] names;

	}

	static class Expression {

		@Value("#{environment['db.password']}")
		private String value;

		@Value("#{environment['db.password'].length()}")
		private int length;

	}

	static class ReferenceInsideExpression {

		@Value("#{'$<secret:prod/db.password>'.toUpperCase()}")
		String value;

	}

	static class PlaceholderInsideExpression {

		@Value("#{'${db.password}'.toUpperCase()}")
		private String value;

	}

	static class PlaceholderInsideExpressionInDefault {

		@Value("$<secret:prod/db.none:#{'${db.password}'.toUpperCase()}>")
		String value;

	}

	static class Joined {

		@Value("$<secret:hash>{1+1}")
		private String secretThenBraces;

		@Value("#$<secret:braces>")
		private String hashThenSecret;

		@Value("#$<secret:empty>{1+1}")
		private String emptyBetween;

		@Value("$<secret:hash>$<secret:empty>$<secret:braces>")
		private String secrets;

		@Value("$<secret:none:#>{1+1}")
		private String defaultThenBraces;

	}

	static class Mixed {

		@Value("#{1+2} ${db.password} #{2*2}")
		private String value;

	}

	static class Unclosed {

		@Value("${db.password} #{1+")
		String value;

	}

	static class Empty {

		@Value("${db.password} #{}")
		String value;

	}

	static class WrongBracket {

		@Value("${db.password} #{(1]}")
		String value;

	}

	static class Escaped {

		@Value("\\$<secret:prod/db.password> \\\\$<secret:prod/db.password>")
		private String value;

	}

	static class Aware implements EmbeddedValueResolverAware {

		private StringValueResolver resolver;

		@Override
		public void setEmbeddedValueResolver(StringValueResolver resolver) {
			this.resolver = resolver;
		}

	}

	static class Plain {

		@Value("${PLAIN} ${none:y} #{1+1} $<secrets:a.b>")
		private String value;

	}

	record Defined(String value, String direct, String plain) {

	}

}
