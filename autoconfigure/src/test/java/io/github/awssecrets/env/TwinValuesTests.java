package io.github.awssecrets.env;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TwinValues} and {@link SecretValues}: what is remembered, and what is
 * not.
 */
class TwinValuesTests {

	private static final String PASSWORD = TestContext.value("prod/db", "password");

	private final TestContext context = new TestContext().keys("prod/db", "password");

	@Test
	void readWhenNothingChangesComposesTheValueOnce() {
		this.context.yaml("db.password: $<secret:prod/db.password>").start();
		PropertySource<?> twin = twin();
		assertThat(PASSWORD.equals(twin.getProperty("db.password"))).isTrue();
		assertThat(twin.getProperty("db.password") == twin.getProperty("db.password")).as("the same object").isTrue();
		assertThat(origin(twin)).isSameAs(origin(twin)).isInstanceOf(SecretOrigin.class);
	}

	@Test
	void readWhenPlaceholderLeadsElsewhereFollowsIt() {
		Map<String, Object> changing = new HashMap<>(Map.of("db.host", "one"));
		this.context.yaml("db.url: ${db.host}/$<secret:prod/db.password>")
			.source(new MapPropertySource("changing", changing))
			.start();
		assertThat(this.context.property("db.url").equals("one/" + PASSWORD)).isTrue();
		changing.put("db.host", "two");
		assertThat(this.context.property("db.url").equals("two/" + PASSWORD)).isTrue();
	}

	@Test
	void originWhenReferenceBreaksTheGrammarIsThatOfTheProperty() {
		this.context.properties("settings", "aws.secrets.fail-fast", "false")
			.yaml("db.password: $<secret:prod/db?stage=.password>")
			.start();
		assertThat(origin(twin())).hasToString("Byte array resource [application.yml] - 1:14");
	}

	@Test
	void composeAfterSomethingWasOnlyLookedAtRetrieves() {
		this.context.keys("prod/other", "password").yaml("db.password: $<secret:prod/db.password>").start();
		SecretsEnvironment secrets = SecretsMarker.find(this.context.environment());
		ResolvedText text = secrets.resolver()
			.resolve(SourceProperty.ofValueAnnotation("$<secret:prod/other.password>"));
		assertThatExceptionOfType(UnresolvedReferenceException.class)
			.isThrownBy(() -> secrets.values().composeRetrieved(text));
		assertThat(this.context.retrieval().asked()).containsExactly("prod/db");
		assertThat(secrets.values().compose(text).equals(TestContext.value("prod/other", "password"))).isTrue();
	}

	@Test
	void importsWhenAReferenceIsIncompleteWithoutThemAreRetrievedTogetherWithItsSecret() {
		this.context.keys("prod/shared", "host")
			.imported("secret:prod/shared?prefix=shared.")
			.yaml("db.url: ${shared.host}/$<secret:prod/db.password>")
			.start();
		assertThat(this.context.property("db.url").endsWith("/" + PASSWORD)).isTrue();
		assertThat(this.context.retrieval().calls()).isOne();
		assertThat(this.context.retrieval().asked()).containsExactlyInAnyOrder("prod/db", "prod/shared");
	}

	@Test
	void valuesWhenShownInLogsHaveNoText() {
		assertThat(new SecretValues.Part(PASSWORD, true)).hasToString("Part[secret]");
		assertThat(new SecretValues.Part(PASSWORD, false)).hasToString("Part[literal]");
	}

	@Test
	void listWhenOneElementIsAReferenceHasThoseOfTheSameListOnly() {
		this.context
			.properties("file", "app.list[0]", "plain", "app.list[1]", "$<secret:prod/db.password>",
					"app.list[10].name", "x", "app.map[key]", "y", "app.lists[0]", "z", "app.other[0]", "w",
					"app.list[x]", "v", "app.list[]", "u", "app.list[2", "t", "app.my[key][0]", "s", "app.my[key][1]",
					"$<secret:prod/db.password>", "app.my[other][0]", "r")
			.start();
		assertThat(((PropertyTwin) twin()).getPropertyNames()).containsExactlyInAnyOrder("app.list[0]", "app.list[1]",
				"app.list[10].name", "app.my[key][0]", "app.my[key][1]");
	}

	private static Origin origin(PropertySource<?> twin) {
		return OriginLookup.getOrigin(twin, "db.password");
	}

	private PropertySource<?> twin() {
		return this.context.environment()
			.getPropertySources()
			.stream()
			.filter(PropertyTwin.class::isInstance)
			.findFirst()
			.orElseThrow();
	}

}
