package io.github.awssecrets.env;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.awssecrets.embedded.Call;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.cloud.context.encrypt.EncryptorFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Chapter on where references work: every kind of source and of reader, with origins, and
 * beside encrypted properties.
 */
interface SourceCases extends AcceptanceFixture {

	/** The key of encrypted properties. */
	String ENCRYPTION_KEY = "a key of the test";

	@Test
	default void referencesWhenInAnySourceResolve() throws IOException {
		List<String> single = List.of("yaml", "properties", "profile", "document", "imported", "variable", "argument",
				"tree", "json", "default", "annotated");
		single.forEach((name) -> create("s/" + name));
		create("s/relaxed", "s/list");
		Path tree = Files.createDirectories(files().resolve("tree/app"));
		Files.writeString(tree.resolve("tree"), "$<secret:s/tree>");
		Files.writeString(files().resolve("annotated.properties"), "app.annotated=$<secret:s/annotated>\n");
		try (ConfigurableApplicationContext context = newApplication().yaml("""
				spring.config.import: imported.yml,configtree:%s/
				app.yaml: $<secret:s/yaml>
				app.profile: $<secret:none/profile>
				app.document: $<secret:none/document>
				---
				spring.config.activate.on-profile: test
				app.document: $<secret:s/document>
				---
				spring.config.activate.on-profile: other
				app.document: $<secret:none/document>
				""".formatted(files().resolve("tree")))
			.file("application.properties", "app.properties=$<secret:s/properties>\n")
			.file("application-test.yml", "app.profile: $<secret:s/profile>\n")
			.file("imported.yml", "app.imported: $<secret:s/imported>\n")
			.variable("APP_VARIABLE", "$<secret:s/variable>")
			.variable("APP_RELAXED_NAME", "$<secret:s/relaxed>")
			.variable("APP_LIST_0", "plain")
			.variable("APP_LIST_1", "$<secret:s/list>")
			.variable("SPRING_APPLICATION_JSON", "{\"app\":{\"json\":\"$<secret:s/json>\"}}")
			.arguments("--app.argument=$<secret:s/argument>", "--spring.profiles.active=test",
					"--directory=" + files().toUri())
			.customize((application) -> application.setDefaultProperties(Map.of("app.default", "$<secret:s/default>")))
			.classes(Annotated.class)
			.run()) {
			single.forEach((name) -> assertProperty("s/" + name, context, "app." + name));
			Binder binder = Binder.get(context.getEnvironment());
			assertSecret("s/relaxed", binder.bind("app.relaxed-name", String.class).get());
			assertSecret("s/tree", binder.bind("app.tree", String.class).get());
			List<?> list = binder.bind("app.list", List.class).get();
			assertThat(list).hasSize(2);
			assertThat(list.get(0)).isEqualTo("plain");
			assertSecret("s/list", list.get(1));
			// All at once, and then the one that only @PropertySource names
			assertThat(secretsServer().calls()).extracting(Call::operation)
				.containsExactly("BatchGetSecretValue", "GetSecretValue");
		}
	}

	@Test
	default void referencesWhenReadInAnyWayHaveTheirValues() {
		create("s/list", "s/map", "s/object", "s/other");
		secretsServer().create("s/keys", Canary.json("s/keys", 1, "key"));
		try (ConfigurableApplicationContext context = newApplication().yaml("""
				app:
				  key: $<secret:s/keys.key>
				  chained: a-${app.key}
				  list: [plain, "$<secret:s/list>"]
				  map: { first: plain, second: "$<secret:s/map>" }
				  objects:
				    - name: one
				      value: $<secret:s/object>
				    - name: two
				      value: plain
				  env: other
				  chosen: $<secret:s/${app.env}>
				""").classes(Beans.class, Holder.class).run()) {
			String key = Canary.value("s/keys.key", 1);
			AppProperties bound = context.getBean(AppProperties.class);
			assertThat(key.equals(bound.key())).isTrue();
			assertThat(("a-" + key).equals(bound.chained())).isTrue();
			assertThat(bound.list()).hasSize(2).startsWith("plain");
			assertSecret("s/list", bound.list().get(1));
			assertThat(bound.map()).hasSize(2).containsEntry("first", "plain");
			assertSecret("s/map", bound.map().get("second"));
			assertThat(bound.objects()).extracting(Item::name).containsExactly("one", "two");
			assertSecret("s/object", bound.objects().get(0).value());
			assertThat(bound.objects().get(1).value()).isEqualTo("plain");
			assertSecret("s/other", bound.chosen());
			Holder holder = context.getBean(Holder.class);
			assertThat(key.equals(holder.direct)).isTrue();
			assertThat(("a-" + key).equals(holder.indirect)).isTrue();
			assertThat(("a-" + key).equals(context.getEnvironment().getProperty("app.chained"))).isTrue();
			assertThat(secretsServer().calls()).hasSize(1);
		}
	}

	@Test
	default void originWhenResolvedNamesPlaceAndSecret() {
		create("prod/db");
		try (ConfigurableApplicationContext context = newApplication().yaml("""
				app:
				  password: $<secret:prod/db>
				  chained: a-${app.password}
				  list:
				  - plain
				  - $<secret:prod/db>
				""").variable("APP_VARIABLE", "$<secret:prod/db>").run()) {
			String secret = " (secret prod/db, version " + secretsServer().versionId("prod/db") + ")";
			assertThat(origin(context, "app.password")).contains("application.yml] - 2:13").endsWith(secret);
			assertThat(origin(context, "app.chained")).contains("application.yml] - 3:12").endsWith(secret);
			assertThat(origin(context, "app.list[0]")).endsWith("application.yml] - 5:5");
			assertThat(origin(context, "app.list[1]")).contains("application.yml] - 6:5").endsWith(secret);
			assertThat(origin(context, "app.variable"))
				.isEqualTo("System Environment Property \"APP_VARIABLE\"" + secret);
		}
	}

	@Test
	default void referencesWhenBesideEncryptedPropertiesBothResolve() {
		create("prod/token");
		String token = Canary.value("prod/token", 1);
		secretsServer().create("prod/odd", "{cipher}" + token);
		try (ConfigurableApplicationContext context = newApplication().yaml("""
				app:
				  encrypted: "%s"
				  token: $<secret:prod/token>
				  odd: $<secret:prod/odd>
				  list:
				    - "%s"
				    - $<secret:prod/token>
				    - plain
				  chained: ${app.encrypted}/${app.token}
				""".formatted(encrypt("one"), encrypt("two"))).arguments("--encrypt.key=" + ENCRYPTION_KEY).run()) {
			assertThat(context.getEnvironment().getProperty("app.encrypted")).isEqualTo("one");
			assertProperty("prod/token", context, "app.token");
			assertThat(("{cipher}" + token).equals(context.getEnvironment().getProperty("app.odd"))).isTrue();
			assertThat(("one/" + token).equals(context.getEnvironment().getProperty("app.chained"))).isTrue();
			List<?> list = Binder.get(context.getEnvironment()).bind("app.list", List.class).get();
			assertThat(list).hasSize(3);
			assertThat(list.get(0)).isEqualTo("two");
			assertSecret("prod/token", list.get(1));
			assertThat(list.get(2)).isEqualTo("plain");
			assertThat(secretsServer().calls()).hasSize(1);
		}
	}

	static String encrypt(String text) {
		return "{cipher}" + new EncryptorFactory().create(ENCRYPTION_KEY).encrypt(text);
	}

	/**
	 * Return the origin of a property that the Environment answers with, in words.
	 */
	static String origin(ConfigurableApplicationContext context, String name) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(context.getEnvironment())) {
			ConfigurationProperty property = source.getConfigurationProperty(ConfigurationPropertyName.of(name));
			if (property != null) {
				return String.valueOf(property.getOrigin());
			}
		}
		throw new AssertionError("No property " + name);
	}

	record Item(String name, String value) {

	}

	@ConfigurationProperties("app")
	record AppProperties(String key, String chained, List<String> list, Map<String, String> map, List<Item> objects,
			String chosen) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(AppProperties.class)
	class Beans {

	}

	@Configuration(proxyBeanMethods = false)
	@PropertySource("${directory}annotated.properties")
	class Annotated {

	}

	class Holder {

		@Value("$<secret:s/keys.key>")
		private String direct;

		@Value("${app.chained}")
		private String indirect;

	}

}
