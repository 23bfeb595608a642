package io.github.awssecrets.env;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.xml.XmlBeanDefinitionReader;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.context.EmbeddedValueResolverAware;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.StringValueResolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of look-ups of {@code secret:...} by name, and of texts that no property holds.
 */
class SecretLookupsTests {

	private static final String PASSWORD = TestContext.value("prod/db", "password");

	private final TestContext context = new TestContext().keys("prod/db", "username", "password")
		.secret("number", "{\"port\":5432,\"text\":\"not a number: ${x}\"}")
		.properties("switch", "aws.secrets.spring-placeholders", "true");

	@Test
	void propertyIsRetrievedWhenItIsFirstRead() {
		this.context.start();
		assertThat(this.context.retrievals()).isZero();
		assertThat(this.context.property("secret:prod/db.password").equals(PASSWORD)).isTrue();
		assertThat(this.context.property("secret:prod/db.username").equals(TestContext.value("prod/db", "username")))
			.isTrue();
		assertThat(this.context.environment().getProperty("secret:number.port", Integer.class)).isEqualTo(5432);
		assertThat(this.context.environment().containsProperty("secret:prod/db.password")).isTrue();
		assertThat(this.context.retrieval().asked()).containsExactly("prod/db", "number");
		assertThat(SecretsEnvironment.find(this.context.environment()).usedSecrets())
			.extracting((used) -> used.selector().id().value())
			.containsExactlyInAnyOrder("prod/db", "number");
	}

	@Test
	void propertyWhenRetrievedAtStartIsNotRetrievedAgain() {
		this.context.yaml("x: ${secret:prod/db.password}").start();
		assertThat(this.context.property("secret:prod/db.password").equals(PASSWORD)).isTrue();
		assertThat(this.context.retrieval().calls()).isOne();
	}

	@Test
	void textHasValuesInPlaceOfPlaceholders() {
		this.context.start();
		String text = "<${secret:prod/db.password}|${none:${secret:prod/db.username}}|${none:x}>";
		String expected = "<" + PASSWORD + "|" + TestContext.value("prod/db", "username") + "|x>";
		assertThat(this.context.environment().resolvePlaceholders(text).equals(expected)).isTrue();
		assertThat(this.context.environment().resolveRequiredPlaceholders(text).equals(expected)).isTrue();
	}

	@Test
	void propertyOfSourceThatTellsNoNamesHasValue() {
		this.context.start();
		this.context.environment().getPropertySources().addLast(new PropertySource<>("late", "") {

			@Override
			public Object getProperty(String name) {
				return name.equals("late.key") ? "${secret:prod/db.password}" : null;
			}

		});
		assertThat(this.context.property("late.key").equals(PASSWORD)).isTrue();
		assertThat(Binder.get(this.context.environment()).bind("late.key", String.class).get().equals(PASSWORD))
			.isTrue();
	}

	@Test
	void otherAnnotationHasValue() {
		this.context.start(OtherAnnotation.class);
		assertThat(this.context.bean(OtherAnnotation.class).value.equals(PASSWORD)).isTrue();
	}

	@Test
	void beanDefinitionOfXmlHasValue() {
		this.context.start(Xml.class);
		assertThat(this.context.context().getBean("text").equals(PASSWORD)).isTrue();
	}

	@Test
	void propertyWhenKeyIsMissingFails() {
		this.context.start();
		assertThatExceptionOfType(UnresolvedReferenceException.class)
			.isThrownBy(() -> this.context.property("secret:prod/db.pasword"))
			.withMessage("secret:prod/db.pasword in a look-up by name: ${secret:prod/db.pasword}: prod/db has no key "
					+ "'pasword'. Its keys: password, username. Did you mean 'password'?");
		assertThatExceptionOfType(UnresolvedReferenceException.class)
			.isThrownBy(() -> this.context.environment().resolvePlaceholders("${secret:missing}"))
			.withMessageContaining("No secret 'missing' in eu-west-1.");
		assertThat(this.context.environment().containsProperty("secret:missing")).isTrue();
	}

	@Test
	void textWhenThereIsDefaultFails() {
		this.context.start();
		assertThatExceptionOfType(UnresolvedReferenceException.class)
			.isThrownBy(() -> this.context.environment().resolvePlaceholders("${secret:prod/db.password:hidden}"))
			.withMessage("secret:prod/db.password:hidden in a look-up by name: Column 1: There can be no default in "
					+ "'${secret:...}'. Write $<secret:prod/db.password:***>. Correct the reference.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "${secret:${env}/db.password}", "${secret:prod/db.${env}}", "${secret}" })
	void textWhenThereIsPlaceholderInReferenceFails(String text) {
		this.context.properties("lower", "env", "prod").start();
		assertThatExceptionOfType(UnresolvedReferenceException.class)
			.isThrownBy(() -> this.context.environment().resolvePlaceholders(text))
			.withMessage(
					"secret in a look-up by name: A placeholder cannot be part of ${secret:...}, nor yield it: what "
							+ "that names must stand there literally. Write $<secret:name.key>, in which placeholders can "
							+ "choose the secret.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "secret:a}b", "secret:a{b", "secrets:a", "secret.a", " secret:a" })
	void propertyOfOtherNameIsAbsent(String name) {
		this.context.start();
		assertThat(this.context.property(name)).isNull();
		assertThat(this.context.environment().containsProperty(name)).isFalse();
	}

	@Test
	void failureToConvertDoesNotShowValue() {
		this.context.start();
		assertThatExceptionOfType(SecretConversionException.class)
			.isThrownBy(() -> this.context.environment().getProperty("secret:number.text", Integer.class))
			.withMessage("secret:number.text in a look-up by name (secret number, version "
					+ "00000000-0000-4000-8000-000000000001) cannot be converted to java.lang.Integer. The value comes "
					+ "from a secret, and is not shown");
	}

	@Test
	void originNamesSecret() {
		this.context.start();
		this.context.property("secret:prod/db.password");
		PropertySource<?> marker = this.context.environment().getPropertySources().get(SecretsMarker.NAME);
		assertThat(OriginLookup.getOrigin(marker, "secret:prod/db.password"))
			.hasToString("a look-up by name (secret prod/db, version 00000000-0000-4000-8000-000000000001)");
		assertThat(OriginLookup.getOrigin(marker, "secret:missing:x")).isNull();
		assertThat(OriginLookup.getOrigin(marker, "other")).isNull();
	}

	@Test
	void propertyOfUntrustedSourceWithoutTwinFails() {
		this.context.start();
		this.context.environment()
			.getPropertySources()
			.addFirst(new MapPropertySource("manager", Map.of("x", "<${none:${secret:prod/db.password}}>")));
		assertThatExceptionOfType(UnresolvedReferenceException.class).isThrownBy(() -> this.context.property("x"))
			.withMessageContaining("Not trusted: references in property source 'manager' are refused.");
		assertThat(this.context.property("secret:prod/db.username").equals(TestContext.value("prod/db", "username")))
			.isTrue();
	}

	@Test
	void propertyWhenSecretIsNotAllowedFails() {
		this.context.properties("lower", "aws.secrets.allowed", "test/*").start();
		assertThatExceptionOfType(UnresolvedReferenceException.class)
			.isThrownBy(() -> this.context.property("secret:prod/db.password"))
			.withMessageContaining("Not allowed: no entry of aws.secrets.allowed matches 'prod/db'.");
		assertThat(this.context.retrievals()).isZero();
	}

	/**
	 * Reads texts as {@code @Scheduled} does.
	 */
	static class OtherAnnotation implements EmbeddedValueResolverAware {

		private String value;

		@Override
		public void setEmbeddedValueResolver(StringValueResolver resolver) {
			this.value = resolver.resolveStringValue("${secret:prod/db.password}");
		}

	}

	static class Xml implements BeanDefinitionRegistryPostProcessor {

		@Override
		public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
			new XmlBeanDefinitionReader(registry).loadBeanDefinitions(new ByteArrayResource("""
					<beans xmlns="http://www.springframework.org/schema/beans"
							xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
							xsi:schemaLocation="http://www.springframework.org/schema/beans
								https://www.springframework.org/schema/beans/spring-beans.xsd">
						<bean id="text" class="java.lang.String">
							<constructor-arg value="${secret:prod/db.password}"/>
						</bean>
					</beans>
					""".getBytes(StandardCharsets.UTF_8)));
		}

	}

}
