package io.github.awssecrets.others;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import com.ulisesbocchio.jasyptspringboot.EncryptablePropertySource;
import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.embedded.junit.SecretsServerExtension;
import io.github.awssecrets.env.SecretOrigin;
import io.github.awssecrets.env.SecretOrigins;
import io.github.awssecrets.env.UnresolvedReferenceException;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.environment.EnvironmentManager;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of references beside Jasypt, the same for each way in which it puts itself before
 * the sources of properties.
 */
abstract class JasyptIntegrationTests {

	@RegisterExtension
	private static final SecretsServerExtension extension = SecretsServerExtension.withSecrets();

	private final SecretsServer secrets = extension.server();

	@TempDir
	private Path directory;

	@BeforeEach
	void reset() {
		this.secrets.reset();
		this.secrets.create("prod/token", Canary.value("prod/token", 1));
		this.secrets.create("prod/db", Canary.json("prod/db", 1, "password", "username"));
	}

	/**
	 * Return the settings of Jasypt.
	 * @return arguments
	 */
	abstract String[] settings();

	private TestApplication application() {
		return TestApplication.in(this.directory, this.secrets)
			.arguments("--jasypt.encryptor.password=" + Encrypted.KEY)
			.arguments(settings());
	}

	@Test
	void encryptedPropertiesWhenBesideReferencesBothResolve() {
		try (ConfigurableApplicationContext context = application().yaml("""
				app:
				  encrypted: %s
				  token: $<secret:prod/token>
				  both: ${app.encrypted}/${app.token}/$<secret:prod/db.username>
				  list:
				    - plain
				    - $<secret:prod/token>
				    - %s
				""".formatted(Encrypted.of("one"), Encrypted.of("two")))
			.variable("APP_VARIABLE", "$<secret:prod/db.password>")
			.variable("APP_ENCRYPTED_VARIABLE", Encrypted.of("three"))
			.run()) {
			assertThat(context.getEnvironment().getProperty("app.encrypted")).isEqualTo("one");
			assertThat(context.getEnvironment().getProperty("APP_ENCRYPTED_VARIABLE")).isEqualTo("three");
			assertSecret(context, "app.token", "prod/token");
			assertSecret(context, "app.variable", "prod/db.password");
			assertThat(("one/" + Canary.value("prod/token", 1) + "/" + Canary.value("prod/db.username", 1))
				.equals(context.getEnvironment().getProperty("app.both"))).isTrue();
			List<String> list = Binder.get(context.getEnvironment())
				.bind("app.list", Bindable.listOf(String.class))
				.get();
			assertThat(list).hasSize(3);
			assertThat(list.get(0)).isEqualTo("plain");
			assertThat(list.get(2)).isEqualTo("two");
			assertThat(Canary.value("prod/token", 1).equals(list.get(1))).isTrue();
		}
	}

	@Test
	void secretWhenLikeEncryptedPropertyIsData() {
		String odd = "ENC(" + Canary.value("prod/odd", 1) + ")";
		this.secrets.create("prod/odd", odd);
		try (ConfigurableApplicationContext context = application().yaml("app.odd: $<secret:prod/odd>").run()) {
			assertThat(odd.equals(context.getEnvironment().getProperty("app.odd"))).isTrue();
			context.publishEvent(new EnvironmentChangeEvent(Set.of()));
			assertThat(odd.equals(context.getEnvironment().getProperty("app.odd"))).isTrue();
		}
	}

	@Test
	void secretWhenItHoldsReferenceIsDataAfterPropertiesChanged() {
		this.secrets.create("prod/odd", "$<secret:prod/token>/${app.other:}");
		try (ConfigurableApplicationContext context = application().yaml("app.odd: $<secret:prod/odd>").run()) {
			this.secrets.clearCalls();
			context.publishEvent(new EnvironmentChangeEvent(Set.of()));
			assertThat(context.getEnvironment().getProperty("app.odd")).isEqualTo("$<secret:prod/token>/${app.other:}");
			assertThat(this.secrets.calls()).isEmpty();
		}
	}

	@Test
	void passwordOfJasyptWhenReferenceIsResolved() {
		this.secrets.create("prod/jasypt", Encrypted.KEY);
		try (ConfigurableApplicationContext context = TestApplication.in(this.directory, this.secrets)
			.arguments(settings())
			.yaml("""
					jasypt.encryptor.password: $<secret:prod/jasypt>
					app.encrypted: %s
					""".formatted(Encrypted.of("one")))
			.run()) {
			assertThat(context.getEnvironment().getProperty("app.encrypted")).isEqualTo("one");
		}
	}

	@Test
	void sourcesWhenUserHasJasyptSkipSomeAreSkippedToo() {
		String encrypted = Encrypted.of("one");
		try (ConfigurableApplicationContext context = application()
			.arguments("--app.encrypted=" + encrypted,
					"--jasypt.encryptor.skip-property-sources=" + SimpleCommandLinePropertySource.class.getName())
			.yaml("app.token: $<secret:prod/token>")
			.run()) {
			assertThat(context.getEnvironment().getProperty("app.encrypted")).isEqualTo(encrypted);
			assertThat(context.getEnvironment()
				.getPropertySources()
				.stream()
				.filter((source) -> source.getName().startsWith("awsSecretsTwin"))).singleElement()
				.isNotInstanceOf(EncryptablePropertySource.class);
		}
	}

	@Test
	void importWhenPropertiesChangedIsNotWrapped() {
		try (ConfigurableApplicationContext context = application().yaml("""
				spring.config.import: secret:prod/db?prefix=app.
				app.encrypted: %s
				""".formatted(Encrypted.of("one"))).run()) {
			context.publishEvent(new EnvironmentChangeEvent(Set.of()));
			assertThat(context.getEnvironment()
				.getPropertySources()
				.stream()
				.filter((source) -> source.getName().startsWith("secret:"))).singleElement()
				.isNotInstanceOf(EncryptablePropertySource.class);
			assertSecret(context, "app.password", "prod/db.password");
			assertThat(context.getEnvironment().getProperty("app.encrypted")).isEqualTo("one");
		}
	}

	@Test
	void originWhenSourceIsWrappedNamesPlaceAndVersion() {
		try (ConfigurableApplicationContext context = application().yaml("app.token: $<secret:prod/token>").run()) {
			SecretOrigin origin = SecretOrigins.find(property(context, "app.token"));
			assertThat(origin).isNotNull();
			assertThat(String.valueOf(origin.reference())).contains("application.yml").endsWith("1:12");
			context.publishEvent(new EnvironmentChangeEvent(Set.of()));
			origin = SecretOrigins.find(property(context, "app.token"));
			assertThat(origin).isNotNull();
			assertThat(String.valueOf(origin.reference())).contains("application.yml").endsWith("1:12");
		}
	}

	@Test
	void referenceWhenWrittenThroughActuatorIsRefused() {
		try (ConfigurableApplicationContext context = application().yaml("app.token: $<secret:prod/token>").run()) {
			context.getBean(EnvironmentManager.class).setProperty("app.token", "plain");
			assertThat(context.getEnvironment().getProperty("app.token")).isEqualTo("plain");
			context.getBean(EnvironmentManager.class).setProperty("app.token", "$<secret:prod/db.password>");
			assertThatExceptionOfType(UnresolvedReferenceException.class)
				.isThrownBy(() -> context.getEnvironment().getProperty("app.token"))
				.withMessageContaining("Not trusted");
		}
	}

	@Test
	void refreshWhenFileChangedAnswersWithOtherSecret() throws IOException {
		try (ConfigurableApplicationContext context = application().yaml("""
				app.token: $<secret:prod/token>
				app.other: %s
				""".formatted(Encrypted.of("one"))).run()) {
			assertSecret(context, "app.token", "prod/token");
			assertThat(context.getEnvironment().getProperty("app.other")).isEqualTo("one");
			refresh(context, """
					app.token: $<secret:prod/db.password>
					app.other: %s
					""".formatted(Encrypted.of("two")));
			assertSecret(context, "app.token", "prod/db.password");
			assertThat(context.getEnvironment().getProperty("app.other")).isEqualTo("two");
		}
	}

	@Test
	void refreshWhenFileHasNewDocumentTrustsIt() throws IOException {
		try (ConfigurableApplicationContext context = application().yaml("app.plain: plain").run()) {
			refresh(context, """
					app.plain: plain
					---
					app:
					  token: $<secret:prod/token>
					  chained: ${app.plain}/${app.token}
					""");
			assertSecret(context, "app.token", "prod/token");
			context.publishEvent(new EnvironmentChangeEvent(Set.of()));
			assertSecret(context, "app.token", "prod/token");
			assertThat(("plain/" + Canary.value("prod/token", 1))
				.equals(context.getEnvironment().getProperty("app.chained"))).isTrue();
			assertThat(context.getEnvironment()
				.getPropertySources()
				.stream()
				.map(PropertySource::getName)
				.filter((name) -> name.startsWith("awsSecretsTwin"))).hasSize(1);
		}
	}

	private void refresh(ConfigurableApplicationContext context, String text) throws IOException {
		Files.writeString(this.directory.resolve("application.yml"), text);
		context.getBean(ContextRefresher.class).refresh();
	}

	private static void assertSecret(ConfigurableApplicationContext context, String name, String secret) {
		assertThat(Canary.value(secret, 1).equals(context.getEnvironment().getProperty(name))).as(name).isTrue();
	}

	private static ConfigurationProperty property(ConfigurableApplicationContext context, String name) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(context.getEnvironment())) {
			ConfigurationProperty property = source.getConfigurationProperty(ConfigurationPropertyName.of(name));
			if (property != null) {
				return property;
			}
		}
		throw new AssertionError(name);
	}

}
