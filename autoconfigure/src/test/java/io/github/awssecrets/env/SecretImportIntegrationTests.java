package io.github.awssecrets.env;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.SystemProperties;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests of {@code spring.config.import} with secrets in a real application.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretImportIntegrationTests {

	private static final SecretsServer server = SecretsServer.start();

	@TempDir
	private Path directory;

	@AfterAll
	static void stop() {
		server.close();
	}

	@BeforeEach
	void reset() {
		server.reset();
		keys("prod/db", "username", "password");
	}

	@Test
	void importAndReferencesAreRetrievedInOneCall(CapturedOutput output) {
		keys("prod/mail", "password");
		keys("prod/url", "path");
		keys("my.dotted/prod.app", "token");
		try (ConfigurableApplicationContext context = run("""
				spring.config.import:
				  - secret:prod/db?prefix=app.db.
				  - secret:my.dotted/prod.app
				app:
				  mail: $<secret:prod/mail.password>
				  composed: ${app.db.username}/$<secret:prod/url.path>
				""")) {
			assertValue(context, "app.db.username", "prod/db.username");
			assertValue(context, "app.db.password", "prod/db.password");
			assertValue(context, "token", "my.dotted/prod.app.token");
			String composed = Canary.value("prod/db.username", 1) + "/" + Canary.value("prod/url.path", 1);
			assertThat(composed.equals(context.getEnvironment().getProperty("app.composed"))).isTrue();
			Map<String, String> bound = Binder.get(context.getEnvironment())
				.bind("app.db", Bindable.mapOf(String.class, String.class))
				.get();
			assertThat(bound.keySet()).containsExactlyInAnyOrder("username", "password");
			assertThat(Canary.value("prod/db.password", 1).equals(bound.get("password"))).isTrue();
		}
		assertThat(server.calls()).hasSize(1)
			.first()
			.satisfies((call) -> assertThat(call.operation()).isEqualTo("BatchGetSecretValue"))
			.satisfies((call) -> assertThat(call.secretIds()).containsExactlyInAnyOrder("prod/db", "prod/mail",
					"prod/url", "my.dotted/prod.app"));
		assertThat(output)
			.containsPattern("Resolved 2 references and 2 imports to 4 secrets in eu-west-1: 1 call, \\d+ ms");
	}

	@Test
	void importWhenAloneIsReported(CapturedOutput output) {
		run("spring.config.import: secret:prod/db").close();
		assertThat(output).containsPattern("Resolved 1 import to 1 secret in eu-west-1: 1 call, \\d+ ms");
		assertThat(output.toString().lines().filter((line) -> line.contains("Resolved"))).hasSize(1);
	}

	@Test
	void importWhenOfStageVersionRegionAndArnIsThatOne() {
		String first = server.versionId("prod/db");
		server.put("prod/db", Canary.json("prod/db", 2, "password"));
		server.inRegion("us-east-1").create("prod/db", Canary.json("us/db", 1, "password"));
		try (ConfigurableApplicationContext context = run("""
				spring.config.import:
				  - secret:prod/db?prefix=current.
				  - secret:prod/db?prefix=previous.&stage=AWSPREVIOUS
				  - secret:prod/db?prefix=version.&version=%s
				  - secret:prod/db?prefix=region.&region=us-east-1
				  - secret:%s?prefix=arn.
				""".formatted(first, server.arn("prod/db")))) {
			Environment environment = context.getEnvironment();
			for (String name : List.of("current", "arn")) {
				assertThat(Canary.value("prod/db.password", 2).equals(environment.getProperty(name + ".password")))
					.as(name)
					.isTrue();
			}
			assertValue(context, "previous.password", "prod/db.password");
			assertValue(context, "previous.username", "prod/db.username");
			assertValue(context, "version.password", "prod/db.password");
			assertValue(context, "region.password", "us/db.password");
			assertThat(environment.containsProperty("current.username")).isFalse();
		}
	}

	@Test
	void importWhenSecretIsTextOrBinaryOrNamedIsOneProperty() {
		server.create("prod/token", Canary.value("prod/token", 1));
		server.createBinary("prod/key", Canary.value("prod/key", 1).getBytes(StandardCharsets.UTF_8));
		try (ConfigurableApplicationContext context = run("""
				spring.config.import:
				  - secret:prod/token?name=app.token
				  - secret:prod/key?prefix=app.&name=key
				  - secret:prod/db?name=app.db
				""")) {
			assertValue(context, "app.token", "prod/token");
			String base64 = Base64.getEncoder()
				.encodeToString(Canary.value("prod/key", 1).getBytes(StandardCharsets.UTF_8));
			assertThat(base64.equals(context.getEnvironment().getProperty("app.key"))).isTrue();
			assertThat(Canary.json("prod/db", 1, "username", "password")
				.equals(context.getEnvironment().getProperty("app.db"))).isTrue();
		}
	}

	@Test
	void importWhenValuesAreNotTextHasTheirJson() {
		server.create("prod/mixed", """
				{"number": 1.10, "boolean": true, "null": null, "empty": "", "object": {"a": [1, 2]}, "array": [1, "x"],
				 "placeholder": "${nothing}", "reference": "$<secret:prod/db.password>"}""");
		try (ConfigurableApplicationContext context = run("spring.config.import: secret:prod/mixed?prefix=m.")) {
			Environment environment = context.getEnvironment();
			assertThat(environment.getProperty("m.number")).isEqualTo("1.10");
			assertThat(environment.getProperty("m.boolean")).isEqualTo("true");
			assertThat(environment.containsProperty("m.null")).isFalse();
			assertThat(environment.getProperty("m.empty")).isEmpty();
			assertThat(environment.getProperty("m.object")).isEqualTo("{\"a\": [1, 2]}");
			assertThat(environment.getProperty("m.array")).isEqualTo("[1, \"x\"]");
			assertThat(environment.getProperty("m.placeholder")).isEqualTo("${nothing}");
			assertThat(environment.getProperty("m.reference")).isEqualTo("$<secret:prod/db.password>");
		}
		assertThat(server.calls().stream().flatMap((call) -> call.secretIds().stream())).containsExactly("prod/mixed");
	}

	@Test
	void importWhenKeysAreOddIsReadableByExactlyTheirNames() {
		List<String> keys = List.of("", " ", "a b", "[0]", "list[0]", "list[1]", "map[x]", "[", "]", "][", "a.b",
				"c..d.", "..", "a>b", "a?b&c=d", "a:b", "#", "/a", "~", "${x}", "$<secret:x>", "Camel_Case", "\u00fc",
				"-", "_", "0");
		keys("prod/odd", keys.toArray(String[]::new));
		try (ConfigurableApplicationContext context = run("""
				spring.config.import: secret:prod/odd?prefix=odd.,secret:prod/odd
				odd.plain: plain
				other.plain: plain
				""")) {
			for (String key : keys) {
				assertValue(context, "odd." + key, "prod/odd." + key);
				if (!key.isEmpty()) {
					assertValue(context, key, "prod/odd." + key);
				}
			}
			Binder binder = Binder.get(context.getEnvironment());
			assertThat(binder.bind("odd.plain", String.class).get()).isEqualTo("plain");
			assertThat(binder.bind("other", Bindable.mapOf(String.class, String.class)).get())
				.isEqualTo(Map.of("plain", "plain"));
			assertThat(binder.bind("odd", Bindable.mapOf(String.class, Object.class)).get()).containsEntry("plain",
					"plain");
			assertThat(binder.bind("odd.list", Bindable.listOf(String.class)).orElse(List.of())).hasSize(2);
		}
	}

	@Test
	void importWinsOverImportingDocumentButNotOverHigherSources() {
		keys("prod/other", "username", "only");
		try (ConfigurableApplicationContext context = TestApplication.in(this.directory, server).yaml("""
				spring.config.import: secret:prod/db?prefix=app.,secret:prod/other?prefix=app.
				app:
				  password: $<secret:missing.and-shadowed>
				  only: plain
				""").variable("APP_PASSWORD", "plain").run()) {
			assertThat(context.getEnvironment().getProperty("app.password")).isEqualTo("plain");
			// Of two imports, the last wins
			assertValue(context, "app.username", "prod/other.username");
			assertValue(context, "app.only", "prod/other.only");
		}
	}

	@Test
	void referenceWhenShadowedByImportIsNotReported(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run("""
				spring.config.import: secret:prod/db?prefix=app.
				app.password: $<secret:missing.key>
				""")) {
			assertValue(context, "app.password", "prod/db.password");
		}
		assertThat(output).doesNotContain("WARN").doesNotContain("missing");
	}

	@Test
	void importWhenInImportedFileOrProfileDocumentOrProfileFileCounts() {
		keys("prod/file", "key");
		keys("prod/document", "key");
		keys("prod/profile", "key");
		keys("prod/inactive", "key");
		try (ConfigurableApplicationContext context = TestApplication.in(this.directory, server)
			.yaml("""
					spring.config.import: imported.yml
					---
					spring.config:
					  activate.on-profile: prod
					  import: secret:${stage}/document?prefix=document.
					stage: prod
					---
					spring.config:
					  activate.on-profile: test
					  import: secret:prod/inactive?prefix=inactive.
					""")
			.file("imported.yml", "spring.config.import: secret:prod/file?prefix=file.\n")
			.file("application-prod.yml", "spring.config.import: secret:prod/profile?prefix=profile.\n")
			.arguments("--spring.profiles.active=prod")
			.run()) {
			assertValue(context, "file.key", "prod/file.key");
			assertValue(context, "document.key", "prod/document.key");
			assertValue(context, "profile.key", "prod/profile.key");
			assertThat(context.getEnvironment().containsProperty("inactive.key")).isFalse();
		}
		assertThat(server.calls()).hasSize(1)
			.first()
			.satisfies((call) -> assertThat(call.secretIds()).containsExactlyInAnyOrder("prod/file", "prod/document",
					"prod/profile"));
	}

	@Test
	void importWhenOnCommandLineOrInVariableCounts() {
		try (ConfigurableApplicationContext context = TestApplication.in(this.directory, server)
			.yaml("app.name: test")
			.variable("SPRING_CONFIG_IMPORT", "secret:prod/db?prefix=variable.")
			.run()) {
			assertValue(context, "variable.password", "prod/db.password");
		}
		try (ConfigurableApplicationContext context = TestApplication.in(this.directory, server)
			.arguments("--spring.config.import=secret:prod/db?prefix=argument.")
			.run()) {
			assertValue(context, "argument.password", "prod/db.password");
		}
	}

	@Test
	void importWhenWrittenSeveralTimesIsRetrievedOnce() {
		try (ConfigurableApplicationContext context = TestApplication.in(this.directory, server).yaml("""
				spring.config.import:
				  - secret:prod/db?prefix=first.
				  - secret:prod/db?prefix=second.
				  - secret:prod/db?prefix=first.
				  - optional:secret:prod/db?prefix=first.
				  - other.yml
				app.password: $<secret:prod/db.password>
				""").file("other.yml", "spring.config.import: secret:prod/db?prefix=second.\n").run()) {
			for (String name : List.of("first.password", "second.password", "app.password")) {
				assertValue(context, name, "prod/db.password");
			}
			assertThat(importNames(context)).containsExactlyInAnyOrder("secret:prod/db?prefix=first.",
					"secret:prod/db?prefix=second.", "optional:secret:prod/db?prefix=first.");
		}
		assertThat(server.calls()).hasSize(1);
	}

	@Test
	void importWhenOptionalAndSecretIsMissingHasNoProperties(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run("""
				spring.config.import: optional:secret:prod/missing?prefix=app.,optional:secret:prod/gone?name=app.gone
				app.password: plain
				""")) {
			assertThat(context.getEnvironment().getProperty("app.password")).isEqualTo("plain");
			assertThat(context.getEnvironment().containsProperty("app.gone")).isFalse();
		}
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void importWhenItHasEarlyPropertiesIgnoresThemWithOneWarning(CapturedOutput output) {
		keys("prod/early", "spring.profiles.active", "logging.level.root", "Spring.Config.Import", "aws.secrets.region",
				"spring.cloud.vault.token", "app.name");
		server.create("prod/level", Canary.value("prod/level", 1));
		try (ConfigurableApplicationContext context = run("""
				spring:
				  config:
				    import: secret:prod/early,secret:prod/level?prefix=logging.level.&name=org
				""")) {
			assertValue(context, "app.name", "prod/early.app.name");
			assertValue(context, "spring.cloud.vault.token", "prod/early.spring.cloud.vault.token");
			for (String name : List.of("spring.profiles.active", "logging.level.root", "aws.secrets.region",
					"logging.level.org")) {
				assertThat(Canary.isIn(String.valueOf(context.getEnvironment().getProperty(name)))).as(name).isFalse();
			}
		}
		assertThat(warnings(output)).containsExactly(
				"Ignored Spring.Config.Import, aws.secrets.region, logging.level.root, spring.profiles.active of import "
						+ "secret:prod/early in application.yml:3:13, as such properties are read before secrets can be "
						+ "retrieved",
				"Ignored logging.level.org of import secret:prod/level?prefix=logging.level.&name=org in "
						+ "application.yml:3:13, as such properties are read before secrets can be retrieved");
	}

	@Test
	void importedPropertyWhenItWouldChooseSecretIsRefused() {
		try (ConfigurableApplicationContext context = run("""
				spring.config.import: secret:prod/db?prefix=app.
				aws.secrets.fail-fast: false
				chosen: $<secret:${app.username}>
				""")) {
			assertThatExceptionOfType(UnresolvedReferenceException.class)
				.isThrownBy(() -> context.getEnvironment().getProperty("chosen"))
				.withMessageContaining("The content of a secret would choose this secret")
				.withMessageContaining("'app.username'");
		}
		assertThat(server.calls().stream().flatMap((call) -> call.secretIds().stream())).containsOnly("prod/db");
	}

	@Test
	void originOfImportedPropertyNamesSecretAndPlaceOfImport() throws IOException {
		try (ConfigurableApplicationContext context = run("""
				spring:
				  config:
				    import: secret:prod/db?prefix=app.
				""")) {
			URL file = this.directory.resolve("application.yml").toUri().toURL();
			SecretOrigin origin = SecretOrigins.find(property(context, "app.password"));
			assertThat(origin).isNotNull();
			assertThat(origin.versions()).isEqualTo(Map.of("prod/db", server.versionId("prod/db")));
			assertThat(origin).hasToString(
					"URL [%s] - 3:13 (secret prod/db, version %s)".formatted(file, server.versionId("prod/db")));
			assertThat(Origin.parentsFrom(origin)).first().hasToString("URL [%s] - 3:13".formatted(file));
		}
	}

	@Test
	void importWhenContextIsRefreshedStaysResolved() {
		try (ConfigurableApplicationContext context = run("""
				spring.config.import: secret:prod/db?prefix=app.
				app.composed: x-${app.password}
				""")) {
			List<String> before = names(context);
			server.clearCalls();
			assertThat(context.getBean(ContextRefresher.class).refresh()).isEmpty();
			assertThat(context.getBean(ContextRefresher.class).refresh()).isEmpty();
			assertValue(context, "app.password", "prod/db.password");
			assertThat(("x-" + Canary.value("prod/db.password", 1))
				.equals(context.getEnvironment().getProperty("app.composed"))).isTrue();
			assertThat(importNames(context)).containsExactly("secret:prod/db?prefix=app.");
			assertThat(names(context)).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(before);
			// Who asks for a refresh wants what AWS has now
			assertThat(server.calls()).hasSize(2);
		}
	}

	@Test
	void importWhenAddedToFileBeforeRefreshIsResolvedAndTrusted() {
		TestApplication application = TestApplication.in(this.directory, server).yaml("app.password: plain");
		try (ConfigurableApplicationContext context = application.run()) {
			write("""
					spring.config.import: secret:prod/db?prefix=app.
					app.password: plain
					""");
			context.getBean(ContextRefresher.class).refresh();
			assertValue(context, "app.username", "prod/db.username");
		}
	}

	@Test
	void importWhenReferencesAreDisabledAndItIsOptionalHasNoProperties() {
		try (ConfigurableApplicationContext context = run("""
				spring.config.import: optional:secret:prod/db?prefix=app.
				aws.secrets.enabled: false
				""")) {
			assertThat(context.getEnvironment().containsProperty("app.password")).isFalse();
		}
		assertThat(server.calls()).isEmpty();
	}

	@Test
	void importWhenItFailsWithoutFailFastIsWarnedOfAndItsNamedPropertyThrows(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run("""
				spring.config.import: secret:prod/missing?prefix=app.,secret:prod/none?name=token,secret:prod/db
				aws.secrets.fail-fast: false
				""")) {
			assertThat(context.getEnvironment().containsProperty("app.password")).isFalse();
			assertThatExceptionOfType(UnresolvedReferenceException.class)
				.isThrownBy(() -> context.getEnvironment().getProperty("token"))
				.withMessageContaining("No secret 'prod/none' in eu-west-1.");
			assertValue(context, "password", "prod/db.password");
		}
		assertThat(warnings(output)).hasSize(2)
			.allMatch((line) -> line.startsWith("Unresolved import: its properties cannot be read. "
					+ "spring.config.import in application.yml:1:23: secret:prod/"));
		assertThat(output).contains("Resolved all but 2 of 3 imports to 3 secrets");
	}

	@ParameterizedTest
	@ValueSource(strings = { "application.yml", "bootstrap.yml" })
	void importWhenInBootstrapModeCounts(String file) {
		try (ConfigurableApplicationContext context = TestApplication.in(this.directory, server)
			.file(file, "spring.config.import: secret:prod/db?prefix=app.\n")
			.arguments("--spring.cloud.bootstrap.enabled=true",
					"--spring.cloud.bootstrap.location=" + this.directory.toUri())
			.run()) {
			assertValue(context, "app.password", "prod/db.password");
		}
	}

	@Test
	void importWhenProcessedAheadOfTimeCallsNobody() {
		SystemProperties.during(Map.of("spring.aot.processing", "true"), () -> {
			try (GenericApplicationContext context = loaded("spring.config.import: secret:prod/db")) {
				context.refreshForAotProcessing(new RuntimeHints());
				assertThat(importNames(context)).containsExactly("secret:prod/db");
				assertThat(context.containsBeanDefinition("secretsWatcher")).isTrue();
				return context;
			}
		});
		assertThat(server.calls()).isEmpty();
	}

	/**
	 * Go as far as Boot does when it processes an application ahead of time.
	 */
	private GenericApplicationContext loaded(String yaml) {
		SpringApplicationRunListener abandon = new SpringApplicationRunListener() {

			@Override
			public void contextLoaded(ConfigurableApplicationContext context) {
				throw new SpringApplication.AbandonedRunException(context);
			}

		};
		SpringApplication.AbandonedRunException abandoned = catchThrowableOfType(
				SpringApplication.AbandonedRunException.class,
				() -> SpringApplication.withHook((application) -> abandon, () -> run(yaml).close()));
		return (GenericApplicationContext) Objects.requireNonNull(abandoned.getApplicationContext());
	}

	private ConfigurableApplicationContext run(String yaml) {
		return TestApplication.in(this.directory, server).yaml(yaml).run();
	}

	private void write(String yaml) {
		try {
			Files.writeString(this.directory.resolve("application.yml"), yaml);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void keys(String id, String... keys) {
		server.create(id, Canary.json(id, 1, keys));
	}

	private static void assertValue(ConfigurableApplicationContext context, String name, String secretAndKey) {
		assertThat(Canary.value(secretAndKey, 1).equals(context.getEnvironment().getProperty(name))).as(name).isTrue();
	}

	private static List<String> names(ConfigurableApplicationContext context) {
		return context.getEnvironment().getPropertySources().stream().map(PropertySource::getName).toList();
	}

	private static List<String> importNames(ConfigurableApplicationContext context) {
		return context.getEnvironment()
			.getPropertySources()
			.stream()
			.filter(SecretImportPropertySource.class::isInstance)
			.map(PropertySource::getName)
			.toList();
	}

	private static List<String> warnings(CapturedOutput output) {
		return output.toString()
			.lines()
			.filter((line) -> line.contains(" WARN "))
			.map((line) -> line.substring(line.indexOf(" : ") + 3))
			.collect(Collectors.toList());
	}

	private static ConfigurationProperty property(ConfigurableApplicationContext context, String name) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(context.getEnvironment())) {
			ConfigurationProperty property = source.getConfigurationProperty(ConfigurationPropertyName.of(name));
			if (property != null) {
				return property;
			}
		}
		throw new AssertionError("There is no property " + name);
	}

}
