package io.github.awssecrets.env;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.awssecrets.retrieval.SecretsManagerClientCustomizer;
import io.github.awssecrets.testing.FailedStart;
import io.github.awssecrets.testing.SystemProperties;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration.RefreshProperties;
import org.springframework.cloud.bootstrap.config.PropertySourceLocator;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.cloud.context.refresh.LegacyContextRefresher;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The acceptance suite with a bootstrap context, and what only such an application has.
 */
class BootstrapModeIntegrationTests extends AbstractAcceptanceTests {

	@Override
	public TestApplication inMode(TestApplication application) {
		return application.bootstrap();
	}

	@Test
	void locatorWhenSwitchedOnInAnyWayIsBeanOfBootstrapContext() {
		create("prod/token");
		String name = "spring.cloud.bootstrap.enabled";
		assertHasLocator(application().bootstrap());
		assertHasLocator(application().variable("SPRING_CLOUD_BOOTSTRAP_ENABLED", "true"));
		SystemProperties.during(Map.of(name, "true"), () -> {
			assertHasLocator(application());
			return null;
		});
	}

	private void assertHasLocator(TestApplication application) {
		try (ConfigurableApplicationContext context = application.yaml("token: $<secret:prod/token>").run()) {
			assertThat(bootstrapContext(context).getBeansOfType(PropertySourceLocator.class)).hasSize(1)
				.allSatisfy((bean, locator) -> assertThat(locator).isInstanceOf(SecretsPropertySourceLocator.class));
			assertProperty("prod/token", context, "token");
			assertThat(RunningCases.ours(context)).hasSize(2 + 1);
		}
	}

	@Test
	void referencesWhenInBootstrapFileResolve() {
		create("prod/token", "prod/list", "prod/profile");
		try (ConfigurableApplicationContext context = newApplication().file("bootstrap.yml", """
				app:
				  token: $<secret:prod/token>
				  overridden: $<secret:none/overridden>
				  list:
				  - plain
				  - $<secret:prod/list>
				""")
			.file("bootstrap-test.yml", "app.profile: $<secret:prod/profile>\n")
			.arguments("--spring.profiles.active=test")
			.yaml("""
					app.overridden: plain
					app.chained: ${app.token}
					""")
			.run()) {
			assertProperty("prod/token", context, "app.token");
			assertProperty("prod/token", context, "app.chained");
			assertProperty("prod/list", context, "app.list[1]");
			assertProperty("prod/profile", context, "app.profile");
			assertThat(context.getEnvironment().getProperty("app.list[0]")).isEqualTo("plain");
			assertThat(context.getEnvironment().getProperty("app.overridden")).isEqualTo("plain");
			assertThat(SourceCases.origin(context, "app.token")).contains("bootstrap.yml] - 2:10")
				.contains("secret prod/token, version ");
			assertThat(secretsServer().calls()).hasSize(1);
		}
	}

	@Test
	void refreshWhenApplicationFileWasEditedDoesAsSpringCloud() throws IOException {
		try (ConfigurableApplicationContext context = newApplication().yaml("app.user: one").run()) {
			Files.writeString(files().resolve("application.yml"), "app.user: two", StandardCharsets.UTF_8);
			LegacyContextRefresher springs = new LegacyContextRefresher(context, context.getBean(RefreshScope.class),
					context.getBean(RefreshProperties.class));
			assertThat(springs.refresh()).isEmpty();
			assertThat(context.getBean(ContextRefresher.class).refresh()).isEmpty();
		}
	}

	@Test
	void refreshWhenReferencesAreInBootstrapFileKeepsThem() {
		create("prod/token", "prod/list");
		try (ConfigurableApplicationContext context = newApplication().file("bootstrap.yml", """
				app:
				  token: $<secret:prod/token>
				  list:
				  - plain
				  - $<secret:prod/list>
				""").run()) {
			List<String> before = RunningCases.ours(context).toList();
			assertThat(context.getBean(ContextRefresher.class).refresh()).isEmpty();
			assertProperty("prod/token", context, "app.token");
			assertProperty("prod/list", context, "app.list[1]");
			assertThat(RunningCases.ours(context)).containsExactlyElementsOf(before);
			assertThat(secretsServer().calls()).hasSize(2);
		}
	}

	@Test
	void reportWhenReferencesOfBootstrapFileAreBadNamesThem(CapturedOutput output) {
		FailedStart start = FailedStart.of(newApplication().file("bootstrap.yml", "app.token: $<secret:none.key>\n"),
				output);
		assertThat(start.report()).isEqualTo("""
				A secret reference could not be resolved (Region eu-west-1):

				1. app.token  in bootstrap.yml:1:12
				   $<secret:none.key>
				   No secret 'none' in eu-west-1. (Looked for key 'key' of 'none'; for a secret called 'none.key' write
				   $<secret:none.key#>.)

				Action:

				1. Create the secret, correct the name, or set aws.secrets.region.

				To start with what can be resolved, set aws.secrets.fail-fast=false.
				""");
	}

	@Test
	void reportWhenReferencesOfBootstrapFileAreReadEarlyNamesThemAll(CapturedOutput output) {
		FailedStart start = refused(newApplication().file("bootstrap.yml", """
				spring:
				  cloud:
				    config:
				      password: $<secret:prod/config.password>
				    vault:
				      token: $<secret:prod/vault.token>
				logging:
				  file:
				    name: $<secret:log.file>
				encrypt:
				  key-store:
				    location: $<secret:prod/keys.location>
				"""), output);
		assertThat(start.report()).isEqualTo("""
				4 secret references could not be resolved:

				1. spring.cloud.config.password  in bootstrap.yml:4:17
				   $<secret:prod/config.password>
				   A reference cannot stand here: spring.cloud.config.* is read before secrets can be retrieved.

				2. spring.cloud.vault.token  in bootstrap.yml:6:14
				   $<secret:prod/vault.token>
				   A reference cannot stand here: spring.cloud.vault.* is read before secrets can be retrieved.

				3. logging.file.name  in bootstrap.yml:9:11
				   $<secret:log.file>
				   A reference cannot stand here: logging.* is read before secrets can be retrieved.

				4. encrypt.key-store.location  in bootstrap.yml:12:15
				   $<secret:prod/keys.location>
				   A reference cannot stand here: encrypt.key-store.* is read before secrets can be retrieved.

				Action:

				1-4. Write the value itself, or take it from an environment variable: ${NAME}.
				""");
	}

	@Test
	void reportWhenImportOfBootstrapFileIsReferenceSaysSo(CapturedOutput output) {
		FailedStart start = refused(newApplication().file("bootstrap.yml", "spring.config.import: $<secret:prod/x>\n"),
				output);
		assertThat(start.report()).isEqualTo("""
				A secret reference could not be resolved:

				1. spring.config.import  in bootstrap.yml:1:23
				   $<secret:prod/x>
				   A reference cannot stand here: spring.config.* is read before secrets can be retrieved.

				Action:

				1. Write the value itself, or take it from an environment variable: ${NAME}.
				""");
	}

	@Test
	void reportWhenBeanOfBootstrapContextReadsReferenceSaysSo(CapturedOutput output) {
		FailedStart start = FailedStart.of(withSource(Reading.class).file("bootstrap.yml", """
				app:
				  token: $<secret:prod/token:none>
				"""), output);
		assertThat(start.report()).isEqualTo(
				"""
						A secret reference could not be resolved:

						1. app.token  in bootstrap.yml:2:10
						   $<secret:prod/token:***>
						   The bootstrap context reads it, before secrets can be retrieved.

						Action:

						1. Let the application itself read it, or write the value itself, or take it from an environment variable: ${NAME}.
						""");
		assertThat(secretsServer().calls()).isEmpty();
	}

	@Test
	void propertyWhenPlaceholdersAreSwitchedOnLaterThanBootstrapContextIsWarnedOf(CapturedOutput output) {
		create("prod/db.password");
		try (ConfigurableApplicationContext context = withSource(Reading.class)
			.file("bootstrap.yml", "app.token: ${secret:prod/db.password#}\n")
			.yaml("aws.secrets.spring-placeholders: true")
			.run()) {
			assertThat(context.getBean(Reading.class).token).isEqualTo("prod/db.password#");
			assertProperty("prod/db.password", context, "app.token");
		}
		assertThat(output.getAll().lines().filter((line) -> line.contains("WARN"))).singleElement()
			.asString()
			.contains("app.token in bootstrap.yml:1:12: ${secret:...} is a placeholder of Spring's, not a reference.");
	}

	@Test
	void annotationWhenPlaceholdersAreSwitchedOnLaterThanBootstrapContextIsWarnedOf(CapturedOutput output) {
		try (ConfigurableApplicationContext context = withSource(AnnotatedWithPlaceholder.class)
			.yaml("aws.secrets.spring-placeholders: true")
			.run()) {
			assertThat(context.getBean(AnnotatedWithPlaceholder.class).token).isEqualTo("prod/db.password");
		}
		assertThat(output.getAll().lines().filter((line) -> line.contains("WARN"))).singleElement()
			.asString()
			.contains("@Value in an annotation: ${secret:...} is a placeholder of Spring's, not a reference.");
	}

	@Test
	void reportWhenBeanOfBootstrapContextReadsSpringPlaceholderSaysSo(CapturedOutput output) {
		FailedStart start = FailedStart.of(withSource(Reading.class).file("bootstrap.yml", """
				aws.secrets.spring-placeholders: true
				app.token: ${secret:prod/db.password}
				"""), output);
		assertThat(start.report()).isEqualTo(
				"""
						A secret reference could not be resolved:

						1. app.token  in bootstrap.yml:2:12
						   ${secret:prod/db.password}
						   The bootstrap context reads it, before secrets can be retrieved.

						Action:

						1. Let the application itself read it, or write the value itself, or take it from an environment variable: ${NAME}.
						""");
		assertThat(secretsServer().calls()).isEmpty();
	}

	@Test
	void reportWhenAnnotationInBootstrapContextHasReferenceSaysWhichBean(CapturedOutput output) {
		FailedStart start = FailedStart.of(withSource(Annotated.class), output);
		assertThat(start.report()).isEqualTo(
				"""
						A secret reference could not be resolved:

						1. @Value  in bean 'io.github.awssecrets.env.BootstrapModeIntegrationTests$Annotated'
						   $<secret:prod/token>
						   The bootstrap context reads it, before secrets can be retrieved.

						Action:

						1. Let the application itself read it, or write the value itself, or take it from an environment variable: ${NAME}.
						""");
	}

	@Test
	void reportWhenLocatorReadsReferenceSaysSo(CapturedOutput output) {
		FailedStart start = FailedStart.of(withSource(ReadingLocator.class).variable("APP_URL", "$<secret:prod/token>"),
				output);
		assertThat(start.report()).isEqualTo(
				"""
						A secret reference could not be resolved:

						1. app.url  in environment variable APP_URL
						   $<secret:prod/token>
						   The bootstrap context reads it, before secrets can be retrieved.

						Action:

						1. Let the application itself read it, or write the value itself, or take it from an environment variable: ${NAME}.
						""");
	}

	@Test
	void locatedSourceWinsAndMayHoldReferencesButNoSettings(CapturedOutput output) {
		create("prod/token", "prod/located");
		try (ConfigurableApplicationContext context = withSource(OtherLocator.class).yaml("""
				app.located: plain
				app.token: $<secret:prod/token>
				""").run()) {
			assertProperty("prod/located", context, "app.located");
			assertProperty("prod/token", context, "app.token");
			assertThat(output).contains("Ignored aws.secrets.* in property source 'bootstrapProperties-others', which "
					+ "may not configure the retrieval of secrets");
			assertThat(context.getBean(ContextRefresher.class).refresh()).isEmpty();
			assertProperty("prod/located", context, "app.located");
			assertThat(secretsServer().calls()).hasSize(2);
		}
	}

	@Test
	void customizersWhenBeansOfBootstrapContextAreAppliedToAllClients() {
		create("prod/token");
		try (ConfigurableApplicationContext context = withSource(Customizing.class).yaml("token: $<secret:prod/token>")
			.run()) {
			AtomicInteger applied = context.getBean(Customizing.class).applied;
			assertProperty("prod/token", context, "token");
			assertThat(applied).hasValue(1);
			assertThat(context.getBean(SecretsManagerClient.class)).isNotNull();
			assertThat(applied).hasValue(2);
		}
	}

	@Test
	void locatorWhenUserHasOneBacksOff() {
		create("prod/token");
		try (ConfigurableApplicationContext context = withSource(OwnLocator.class).yaml("token: $<secret:prod/token>")
			.run()) {
			assertProperty("prod/token", context, "token");
			assertThat(context.getBean(OwnLocator.class).applied).hasValue(1);
		}
	}

	@Test
	void decryptionSeesNoTwin() {
		create("prod/token");
		List<String> seen = new ArrayList<>();
		try (ConfigurableApplicationContext context = newApplication().yaml("token: $<secret:prod/token>")
			.customize((application) -> application.addInitializers(new Recording(seen)))
			.run()) {
			assertThat(seen).isEmpty();
			assertThat(RunningCases.ours(context)).hasSize(2 + 1);
		}
	}

	@Test
	void locateCollectionHasNoSource() {
		try (ConfigurableApplicationContext context = newApplication().run()) {
			assertThat(context.getEnvironment().getPropertySources().stream().map(PropertySource::getName))
				.noneMatch((name) -> name.startsWith("bootstrapProperties"));
		}
	}

	private TestApplication withSource(Class<?> configuration) {
		return newApplication().arguments("--spring.cloud.bootstrap.sources=" + configuration.getName());
	}

	private static ApplicationContext bootstrapContext(ApplicationContext context) {
		ApplicationContext parent = context.getParent();
		assertThat(parent).isNotNull();
		return parent;
	}

	static class Reading {

		@Value("${app.token}")
		String token;

	}

	static class Annotated {

		@Value("$<secret:prod/token>")
		String token;

	}

	static class AnnotatedWithPlaceholder {

		@Value("${secret:prod/db.password}")
		String token;

	}

	static class ReadingLocator implements PropertySourceLocator {

		@Override
		public PropertySource<?> locate(Environment environment) {
			return new MapPropertySource("read", Map.of("read", environment.getRequiredProperty("app.url")));
		}

	}

	static class OtherLocator implements PropertySourceLocator {

		@Override
		public PropertySource<?> locate(Environment environment) {
			return new MapPropertySource("others",
					Map.of("app.located", "$<secret:prod/located>", "aws.secrets.region", "us-east-1"));
		}

	}

	static class Customizing {

		final AtomicInteger applied = new AtomicInteger();

		@Bean
		SecretsManagerClientCustomizer counting() {
			return (builder) -> this.applied.incrementAndGet();
		}

	}

	static class OwnLocator {

		final AtomicInteger applied = new AtomicInteger();

		@Bean
		SecretsPropertySourceLocator ownLocator() {
			SecretsManagerClientCustomizer customizer = (builder) -> this.applied.incrementAndGet();
			return new SecretsPropertySourceLocator(List.of(customizer));
		}

	}

	/**
	 * Records the twins there are while properties are decrypted.
	 */
	private record Recording(
			Collection<String> seen) implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

		@Override
		public int getOrder() {
			return HIGHEST_PRECEDENCE + 14;
		}

		@Override
		public void initialize(ConfigurableApplicationContext context) {
			RunningCases.ours(context).forEach(this.seen::add);
		}

	}

}
