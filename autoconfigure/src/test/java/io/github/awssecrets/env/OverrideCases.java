package io.github.awssecrets.env;

import java.util.List;
import java.util.Map;

import io.github.awssecrets.testing.SystemProperties;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Chapter on which references count: those of the winning source, as for plain values.
 */
interface OverrideCases extends AcceptanceFixture {

	@Test
	default void referencesWhenOverriddenAreNotRetrieved() {
		try (ConfigurableApplicationContext context = SystemProperties.during(Map.of("app.property", "plain"),
				() -> newApplication().yaml("""
						app:
						  api-key: $<secret:none/api-key>
						  camelCase: $<secret:none/camel>
						  variable-name: $<secret:none/variable>
						  property: $<secret:none/property>
						  profile: $<secret:none/profile>
						  list: ["$<secret:none/list>", "$<secret:none/list2>"]
						  fallback: ${APP_SET:$<secret:none/fallback>}
						""")
					.file("application-test.yml", "app.profile: plain")
					.variable("APP_VARIABLE_NAME", "plain")
					.variable("APP_SET", "plain")
					.arguments("--app.apiKey=plain", "--app.camel-case=plain", "--app.list[0]=plain",
							"--spring.profiles.active=test")
					.run())) {
			Binder binder = Binder.get(context.getEnvironment());
			for (String name : List.of("api-key", "camel-case", "variable-name", "profile", "fallback")) {
				assertThat(binder.bind("app." + name, String.class).get()).as(name).isEqualTo("plain");
			}
			assertThat(binder.bind("app.list", Bindable.listOf(String.class)).get()).containsExactly("plain");
			assertThat(context.getEnvironment().getProperty("app.fallback")).isEqualTo("plain");
			assertThat(context.getEnvironment().getProperty("app.api-key")).isEqualTo("plain");
		}
		assertThat(secretsServer().calls()).isEmpty();
	}

	@Test
	default void referenceWhenInHigherSourceWins() {
		create("s/argument", "s/variable", "s/property", "s/profile");
		try (ConfigurableApplicationContext context = SystemProperties.during(
				Map.of("app.property", "$<secret:s/property>"),
				() -> newApplication().yaml("""
						app:
						  argument: plain
						  variable: $<secret:none/lower>
						  property: plain
						  profile: $<secret:none/lower>
						""")
					.file("application-test.yml", "app.profile: $<secret:s/profile>")
					.variable("APP_ARGUMENT", "$<secret:none/lower>")
					.variable("APP_VARIABLE", "$<secret:s/variable>")
					.arguments("--app.argument=$<secret:s/argument>", "--spring.profiles.active=test")
					.run())) {
			assertProperty("s/argument", context, "app.argument");
			assertProperty("s/variable", context, "app.variable");
			assertProperty("s/profile", context, "app.profile");
			assertThat(secretsServer().calls()).hasSize(1);
		}
	}

	@Test
	default void prefixedVariablesWhenEnvironmentPrefixIsSetResolve() {
		create("prod/db");
		try (ConfigurableApplicationContext context = newApplication()
			.customize((SpringApplication application) -> application.setEnvironmentPrefix("shop"))
			.variable("SHOP_PAYMENT_API_KEY", "$<secret:prod/db>")
			.variable("SHOP_APP_LIST_0", "plain")
			.variable("SHOP_APP_LIST_1", "$<secret:prod/db>")
			.variable("SHOP_AWS_SECRETS_FAILFAST", "false")
			.yaml("payment.api-key: $<secret:missing.key>")
			.run()) {
			assertProperty("prod/db", context, "payment.api-key");
			assertThat(context.getEnvironment().getProperty("app.list[0]")).isEqualTo("plain");
			assertProperty("prod/db", context, "app.list[1]");
			assertThat(SecretsEnvironment.find(context.getEnvironment()).settings().failFast()).isFalse();
		}
	}

}
