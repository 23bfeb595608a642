package io.github.awssecrets.env;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.awssecrets.embedded.Call;
import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of references in every kind of property source of a real application, and of
 * which of them count.
 */
class SourcesIntegrationTests {

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
	}

	@Test
	void referencesWhenInAnySourceResolve() throws IOException {
		for (String id : List.of("yaml", "properties", "profile", "imported", "variable", "relaxed", "argument", "tree",
				"json", "default", "annotated", "list", "map", "object")) {
			server.create("s/" + id, Canary.value("s/" + id, 1));
		}
		Path tree = Files.createDirectories(this.directory.resolve("tree/app"));
		Files.writeString(tree.resolve("tree"), "$<secret:s/tree>");
		Files.writeString(this.directory.resolve("annotated.properties"), "app.annotated=$<secret:s/annotated>\n");
		try (ConfigurableApplicationContext context = TestApplication.in(this.directory, server)
			.yaml("""
					spring.config.import: imported.yml,configtree:%s/
					app:
					  yaml: $<secret:s/yaml>
					  list: [plain, "$<secret:s/list>"]
					  map: { first: plain, second: "$<secret:s/map>" }
					  objects:
					    - name: one
					      value: $<secret:s/object>
					    - name: two
					      value: plain
					""".formatted(this.directory.resolve("tree")))
			.file("application.properties", "app.properties=$<secret:s/properties>\n")
			.file("application-test.yml", "app.profile: $<secret:s/profile>\n")
			.file("imported.yml", "app.imported: $<secret:s/imported>\n")
			.variable("APP_VARIABLE", "$<secret:s/variable>")
			.variable("APP_RELAXED_NAME", "$<secret:s/relaxed>")
			.variable("SPRING_APPLICATION_JSON", "{\"app\":{\"json\":\"$<secret:s/json>\"}}")
			.arguments("--app.argument=$<secret:s/argument>", "--spring.profiles.active=test",
					"--directory=" + this.directory.toUri())
			.customize((application) -> application.setDefaultProperties(Map.of("app.default", "$<secret:s/default>")))
			.classes(Annotated.class)
			.run()) {
			Environment environment = context.getEnvironment();
			for (String name : List.of("yaml", "properties", "profile", "imported", "variable", "argument", "tree",
					"json", "default", "annotated")) {
				assertThat(Canary.value("s/" + name, 1).equals(environment.getProperty("app." + name))).as(name)
					.isTrue();
			}
			Binder binder = Binder.get(environment);
			assertThat(Canary.value("s/relaxed", 1).equals(binder.bind("app.relaxed-name", String.class).get()))
				.isTrue();
			assertThat(Canary.value("s/tree", 1).equals(binder.bind("app.tree", String.class).get())).isTrue();
			List<String> list = binder.bind("app.list", Bindable.listOf(String.class)).get();
			assertThat(list).hasSize(2).startsWith("plain");
			assertThat(list.get(1).equals(Canary.value("s/list", 1))).isTrue();
			Map<String, String> map = binder.bind("app.map", Bindable.mapOf(String.class, String.class)).get();
			assertThat(map).hasSize(2).containsEntry("first", "plain");
			assertThat(Canary.value("s/map", 1).equals(map.get("second"))).isTrue();
			List<Item> items = binder.bind("app.objects", Bindable.listOf(Item.class)).get();
			assertThat(items).extracting(Item::name).containsExactly("one", "two");
			assertThat(items.get(0).value().equals(Canary.value("s/object", 1))).isTrue();
			// All at once, and then the one that only @PropertySource names
			assertThat(server.calls()).extracting(Call::operation)
				.containsExactly("BatchGetSecretValue", "GetSecretValue");
		}
	}

	@Test
	void referencesWhenOverriddenAreNotRetrieved() {
		try (ConfigurableApplicationContext context = TestApplication.in(this.directory)
			.yaml("""
					app:
					  api-key: $<secret:none/api-key>
					  camelCase: $<secret:none/camel>
					  variable-name: $<secret:none/variable>
					  list: ["$<secret:none/list>", "$<secret:none/list2>"]
					  fallback: ${APP_SET:$<secret:none/fallback>}
					""")
			.variable("APP_VARIABLE_NAME", "plain")
			.variable("APP_SET", "plain")
			.arguments("--app.apiKey=plain", "--app.camel-case=plain", "--app.list[0]=plain")
			.run()) {
			Binder binder = Binder.get(context.getEnvironment());
			for (String name : List.of("api-key", "camel-case", "variable-name", "fallback")) {
				assertThat(binder.bind("app." + name, String.class).get()).isEqualTo("plain");
			}
			assertThat(binder.bind("app.list", Bindable.listOf(String.class)).get()).containsExactly("plain");
			assertThat(context.getEnvironment().getProperty("app.fallback")).isEqualTo("plain");
		}
	}

	@Test
	void originWhenResolvedNamesPlaceAndSecret() {
		server.create("prod/db", Canary.value("prod/db", 1));
		try (ConfigurableApplicationContext context = TestApplication.in(this.directory, server).yaml("""
				app:
				  password: $<secret:prod/db>
				  chained: a-${app.password}
				""").run()) {
			assertThat(origin(context, "app.password")).contains("application.yml", "2:13", "secret prod/db",
					server.versionId("prod/db"));
			assertThat(origin(context, "app.chained")).contains("3:12", "secret prod/db");
		}
	}

	private static String origin(ConfigurableApplicationContext context, String name) {
		return String.valueOf(find(context, name).getOrigin());
	}

	private static ConfigurationProperty find(ConfigurableApplicationContext context, String name) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(context.getEnvironment())) {
			ConfigurationProperty property = source.getConfigurationProperty(ConfigurationPropertyName.of(name));
			if (property != null) {
				return property;
			}
		}
		throw new AssertionError("No property " + name);
	}

	record Item(String name, String value) {

	}

	@Configuration(proxyBeanMethods = false)
	@PropertySource("${directory}annotated.properties")
	static class Annotated {

	}

}
