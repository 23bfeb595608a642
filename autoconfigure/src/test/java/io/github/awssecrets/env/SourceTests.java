package io.github.awssecrets.env;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.OriginProvider;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of references in environment variables and on the command line, and of the
 * origins of their values.
 */
class SourceTests {

	private static final String PASSWORD = TestContext.value("prod/db", "password");

	private static final String REFERENCE = "$<secret:prod/db.password>";

	private final TestContext context = new TestContext().keys("prod/db", "username", "password");

	@ParameterizedTest
	@CsvSource({ "SPRING_DATASOURCE_PASSWORD, spring.datasource.password", "PAYMENT_API_KEY, payment.api-key",
			"PAYMENT_API_KEY, payment.api.key", "PAYMENT_APIKEY, payment.api-key", "payment_api_key, payment.api-key",
			"PAYMENT.API-KEY, payment.api-key", "DB_PASSWORD, DB_PASSWORD", "DB_PASSWORD, db_password",
			"APP_LIST_0_, 'app.list[0]'", "APP_LIST_0, 'app.list[0]'", "APP_MAP_KEY, app.map.key" })
	void variableHasValueByName(String variable, String name) {
		this.context.variable(variable, REFERENCE).start();
		assertThat(this.context.property(name)).isEqualTo(PASSWORD);
		assertThat(this.context.environment().resolvePlaceholders("${" + name + "}")).isEqualTo(PASSWORD);
		assertThat(this.context.environment().containsProperty(name)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "PAYMENT_API_KEY, payment.api-key", "PAYMENT_APIKEY, payment.api-key",
			"PAYMENT_NESTED_API_KEY, payment.nested.api-key" })
	void variableHasValueWhenBound(String variable, String name) {
		this.context.variable(variable, REFERENCE).start();
		assertThat(this.context.binder().bind(name, String.class).get()).isEqualTo(PASSWORD);
	}

	@Test
	void variableWhenChainedHasValue() {
		this.context.variable("URL", "jdbc:${db.password}").yaml("db.password: " + REFERENCE).start();
		assertThat(this.context.property("url")).isEqualTo("jdbc:" + PASSWORD);
	}

	@Test
	void variablesBesideReferenceAreUntouched() {
		this.context.variable("APP_KEY", REFERENCE).variable("APP_PLAIN", "${none:text}").start();
		assertThat(this.context.property("app.plain")).isEqualTo("text");
		assertThat(this.context.environment()
			.getPropertySources()
			.get("awsSecretsTwin-systemEnvironment")
			.getProperty("APP_PLAIN")).isNull();
	}

	@Test
	void variableThatIsNotEffectiveHasValueForThoseWhoAskItsSource() {
		this.context.systemProperty("app.key", "plain").variable("APP_KEY", REFERENCE).start();
		assertThat(this.context.property("app.key")).isEqualTo("plain");
		assertThat(this.context.retrievals()).isZero();
		PropertySource<?> twin = this.context.environment()
			.getPropertySources()
			.get("awsSecretsTwin-systemEnvironment");
		assertThat(twin.getProperty("APP_KEY")).isInstanceOfSatisfying(CharSequence.class, (value) -> {
			assertThat(value).hasToString(PASSWORD).hasSize(PASSWORD.length());
			assertThat(value.charAt(1)).isEqualTo(PASSWORD.charAt(1));
			assertThat(value.subSequence(1, 3)).isEqualTo(PASSWORD.substring(1, 3));
		});
		assertThat(this.context.retrieval().asked()).containsExactly("prod/db");
	}

	@Test
	void variableWhenPictureIsTakenHasNoValueThatIsNotRetrieved() {
		this.context.systemProperty("app.hidden", "plain")
			.variable("APP_HIDDEN", "$<secret:prod/other.key>")
			.variable("APP_KEY", REFERENCE)
			.variable("APP_PLAIN", "text")
			.start();
		PropertySource<?> twin = this.context.environment()
			.getPropertySources()
			.get("awsSecretsTwin-systemEnvironment");
		SecretsEnvironment secrets = SecretsMarker.find(this.context.environment());
		secrets.beginPicture(Set.of(ConfigurationPropertyName.of("app.key")));
		try {
			assertThat(twin.getProperty("APP_KEY")).isEqualTo(Pictures.PENDING);
			assertThat(twin.getProperty("app.key")).isEqualTo(Pictures.PENDING);
			assertThat(twin.getProperty("APP_HIDDEN")).isEqualTo(Pictures.NOT_READ);
			assertThat(twin.getProperty("APP_PLAIN")).isNull();
		}
		finally {
			secrets.endPicture();
		}
		assertThat(twin.getProperty("APP_KEY")).isEqualTo(PASSWORD);
		assertThat(this.context.retrieval().asked()).containsExactly("prod/db");
	}

	@Test
	void repeatedArgumentHasAllValues() {
		this.context.arguments("--app.list=a", "--app.list=" + REFERENCE, "--app.list=c").start();
		assertThat(this.context.binder().bind("app.list", Bindable.listOf(String.class)).get())
			.isEqualTo(List.of("a", PASSWORD, "c"));
	}

	@Test
	void systemPropertyHasValue() {
		this.context.systemProperty("app.key", REFERENCE).start();
		assertThat(this.context.property("app.key")).isEqualTo(PASSWORD);
	}

	@Test
	void sourceMadeFromVariableIsRetrievedWithTheOthers() {
		this.context.variable("SPRING_APPLICATION_JSON", "{}")
			.source(new MadeFromVariable(Map.of("app.json", REFERENCE, "app.jsonKey", REFERENCE)))
			.start();
		assertThat(this.context.retrieval().calls()).isOne();
		assertThat(this.context.property("app.json")).isEqualTo(PASSWORD);
		assertThat(this.context.property("app.json-key")).isEqualTo(PASSWORD);
	}

	@Test
	void twinWhenItsReferencesAreTheSameStays() {
		Map<String, Object> properties = new HashMap<>(Map.of("app.key", REFERENCE));
		this.context.source(new MapPropertySource("made", properties)).start();
		PropertySource<?> twin = twinOf("made");
		SecretsEnvironment secrets = SecretsEnvironment.find(this.context.environment());
		secrets.update();
		assertThat(twinOf("made")).isSameAs(twin);
		properties.put("app.user", "$<secret:prod/db.username>");
		secrets.update();
		assertThat(twinOf("made")).isNotSameAs(twin);
		assertThat(this.context.property("app.user")).isEqualTo(TestContext.value("prod/db", "username"));
	}

	private PropertySource<?> twinOf(String source) {
		PropertySource<?> twin = this.context.environment().getPropertySources().get("awsSecretsTwin-" + source);
		assertThat(twin).isInstanceOf(PropertyTwin.class);
		return twin;
	}

	@Test
	void originOfYamlHasPlaceAndSecret() {
		this.context.yaml("""
				spring:
				  datasource:
				    password: a $<secret:prod/db.password> $<secret:prod/pool.size:10>
				""").secret("prod/pool", "{\"size\":3}").start();
		SecretOrigin origin = origin("spring.datasource.password");
		assertThat(origin.versions()).containsOnlyKeys("prod/db", "prod/pool");
		assertThat(origin.reference()).isInstanceOf(PropertySourceOrigin.class);
		assertThat(Origin.parentsFrom(origin)).hasAtLeastOneElementOfType(PropertySourceOrigin.class);
		TextResourceOrigin place = (TextResourceOrigin) ((PropertySourceOrigin) origin.reference()).getOrigin();
		assertThat(place.getLocation()).hasToString("3:15");
		assertThat(origin.toString()).contains("3:15")
			.contains("secret prod/db, version 00000000-0000-4000-8000-000000000001; secret prod/pool, version");
	}

	@Test
	void secretIsFoundInAnOriginAndInWhatHasOne() {
		this.context.properties("file", "app.key", REFERENCE).start();
		Origin origin = lookup("app.key");
		SecretOrigin secret = origin("app.key");
		assertThat(SecretOrigins.find(secret)).isSameAs(secret);
		assertThat(SecretOrigins.find((OriginProvider) () -> origin)).isSameAs(secret);
		assertThat(SecretOrigins.find("text")).isNull();
		assertThat(SecretOrigins.find(null)).isNull();
	}

	@Test
	void originOfVariableNamesVariable() {
		this.context.variable("APP_API_KEY", REFERENCE).start();
		assertThat(origin("app.api-key").toString()).contains("APP_API_KEY").contains("secret prod/db");
	}

	@Test
	void originOfChainedPropertyIsItsOwnPlace() {
		this.context.yaml("""
				url: jdbc:${db.password}
				db.password: $<secret:prod/db.password>
				""").start();
		assertThat(origin("url").toString()).contains("1:6").contains("secret prod/db");
	}

	@Test
	void originOfPlainElementBesideReferenceIsItsPlace() {
		this.context.yaml("app.list: [ plain, $<secret:prod/db.password> ]").start();
		assertThat(origin("app.list[1]")).isNotNull();
		assertThat(SecretOrigins.find(lookup("app.list[0]"))).isNull();
		assertThat(lookup("app.list[0]")).isInstanceOf(TextResourceOrigin.class);
	}

	@Test
	void originOfDefaultNamesNoSecret() {
		this.context.yaml("app.key: $<secret:missing.key:default>").start();
		assertThat(SecretOrigins.find(lookup("app.key"))).isNull();
		assertThat(lookup("app.key").toString()).contains("1:10");
	}

	@ParameterizedTest
	@CsvSource({ "systemEnvironment, true", "test-systemEnvironment, true", "systemEnvironment-test, false",
			"other, false" })
	void sourceOfVariablesIsToldByItsName(String name, boolean expected) {
		assertThat(SourceProperty.isSystemEnvironment(new SystemEnvironmentPropertySource(name, Map.of())))
			.isEqualTo(expected);
		assertThat(SourceProperty.isSystemEnvironment(new MapPropertySource(name, Map.of()))).isFalse();
	}

	private SecretOrigin origin(String name) {
		return SecretOrigins.find(lookup(name));
	}

	private Origin lookup(String name) {
		OriginHandler handler = new OriginHandler();
		this.context.binder().bind(name, Bindable.of(String.class), handler);
		return (handler.origin instanceof PropertySourceOrigin origin) ? origin.getOrigin() : handler.origin;
	}

	/**
	 * Has its origin in another source, as {@code spring.application.json}.
	 */
	private static final class MadeFromVariable extends MapPropertySource implements OriginLookup<String> {

		MadeFromVariable(Map<String, Object> properties) {
			super("json", properties);
		}

		@Override
		public Origin getOrigin(String key) {
			return PropertySourceOrigin.get(new MapPropertySource("systemEnvironment", Map.of()),
					"SPRING_APPLICATION_JSON");
		}

	}

	private static final class OriginHandler implements BindHandler {

		private Origin origin;

		@Override
		public Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				Object result) {
			this.origin = context.getConfigurationProperty().getOrigin();
			return result;
		}

	}

}
