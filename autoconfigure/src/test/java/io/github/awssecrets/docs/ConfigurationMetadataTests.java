package io.github.awssecrets.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.awssecrets.env.SecretsProperties;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.UrlResource;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that each property is described, to development tools and in README. The metadata
 * is written by an annotation processor, so these tests need a build that runs it.
 */
class ConfigurationMetadataTests {

	private static final String LOCATION = "META-INF/spring-configuration-metadata.json";

	/** Texts for which a tool has nothing to offer, and why. */
	private static final Map<String, String> WITHOUT_HINTS = Map.of("aws.secrets.allowed",
			"names of the application's own secrets", "aws.secrets.shown-keys",
			"keys of its own secrets, and a default", "aws.secrets.role-arn", "a role of its own account",
			"aws.secrets.jdbc.secret", "a name of its own", "aws.secrets.jdbc.data-sources",
			"names of its own beans and secrets");

	@Test
	void metadataWhenGeneratedDescribesWhatTheCodeBinds() throws IOException {
		Map<String, BoundProperty> bound = bound();
		assertThat(bound).containsKeys("aws.secrets.enabled", "aws.secrets.region", "aws.secrets.allowed");
		assertThat(generated().problems(bound)).isEmpty();
	}

	@Test
	void metadataWhenGeneratedHasHintsWhereValuesAreNotObvious() throws IOException {
		assertThat(generated().hints())
			.containsExactlyInAnyOrderEntriesOf(Map.of("aws.secrets.region", List.of("any"), "aws.secrets.endpoint",
					List.of("any"), "aws.secrets.profile", List.of("any"), "aws.secrets.untrusted-sources",
					List.of("any"), "aws.secrets.local", List.of("handle-as[org.springframework.core.io.Resource]")));
	}

	@Test
	void metadataWhenGeneratedHasHintsForAllTextsButThoseWithoutUsualValues() throws IOException {
		Set<String> texts = bound().values()
			.stream()
			.filter((property) -> isText(property.type()))
			.map(BoundProperty::name)
			.collect(Collectors.toCollection(TreeSet::new));
		Set<String> expected = new TreeSet<>(generated().hints().keySet());
		expected.addAll(WITHOUT_HINTS.keySet());
		assertThat(texts).isEqualTo(expected);
		assertThat(generated().hints()).doesNotContainKeys(WITHOUT_HINTS.keySet().toArray(String[]::new));
	}

	/* Tools know the values of all else */
	private static boolean isText(String type) {
		if (type.contains("<")) {
			return true;
		}
		Class<?> known = ClassUtils.resolveClassName(type, null);
		return !known.isEnum() && known != Boolean.class && known != Duration.class
				&& !Number.class.isAssignableFrom(known);
	}

	@Test
	void metadataWhenGeneratedHasThePropertiesOfActuator() throws IOException {
		assertThat(generated().actuator())
			.containsExactlyInAnyOrderEntriesOf(Map.of("management.endpoint.secrets.access",
					"Permitted level of access for the secrets endpoint. Default: read_only",
					"management.endpoint.secrets.cache.time-to-live",
					"Maximum time that a response can be cached. Default: 0ms", "management.health.secrets.enabled",
					"Whether to enable the health of secrets. Default: true"));
	}

	@Test
	void tableOfReadmeWhenComparedHasTheSamePropertiesAndDefaults() throws IOException {
		assertThat(generated().problemsOfTable(Files.readString(Path.of("..", "README.md")))).isEmpty();
	}

	@Test
	void problemsWhenMetadataIsBadNamesThemAll() {
		ConfigurationMetadata metadata = ConfigurationMetadata.parse("""
				{ "properties": [
					{ "name": "bad.on", "type": "java.lang.Boolean", "description": "if on", "defaultValue": true },
					{ "name": "bad.time", "type": "java.lang.String", "description": "The time." },
					{ "name": "bad.time", "type": "java.lang.String", "description": "The time." },
					{ "name": "bad.names", "type": "java.util.List<java.lang.String>", "description": "Names.",
						"defaultValue": [ "a" ] },
					{ "name": "bad.inner.text", "type": "java.lang.String" },
					{ "name": "bad.inner.silent", "type": "java.lang.String", "description": "Silent text." },
					{ "name": "bad.other", "type": "java.lang.String", "description": "Other." } ],
				"hints": [ { "name": "bad.on" }, { "name": "bad.off" } ] }
				""");
		assertThat(metadata.problems(BoundProperty.of(Bad.class))).containsExactly("bad.time is there twice",
				"bad.inner.silent: description does not say 'If not set, ...'",
				"bad.inner.text has default null, not [x]", "bad.inner.text has no description",
				"bad.missing-one is not there", "bad.names has default [a], not [b]",
				"bad.on has default [true], not [false]", "bad.on: description starts in lower case",
				"bad.on: description ends without a dot", "bad.on: description of a boolean starts without 'Whether'",
				"bad.time has type java.lang.String, not java.time.Duration", "bad.time has default null, not [1s]",
				"bad.time: description starts with an article", "bad.other is not bound",
				"hint bad.off is of nothing bound");
	}

	@Test
	void problemsWhenMetadataIsGoodAreNone() {
		ConfigurationMetadata metadata = ConfigurationMetadata.parse("""
				{ "properties": [
					{ "name": "good.on", "type": "java.lang.Boolean", "description": "Whether it is.",
						"defaultValue": true },
					{ "name": "good.all", "type": "java.util.List<java.lang.String>", "description": "All.",
						"defaultValue": [] },
					{ "name": "good.text", "type": "java.lang.String", "description": "Text. If not set, none." } ] }
				""");
		assertThat(metadata.problems(BoundProperty.of(Good.class))).isEmpty();
	}

	@Test
	void problemsOfTableWhenTableIsBadNamesThemAll() {
		ConfigurationMetadata metadata = ConfigurationMetadata.parse("""
				{ "properties": [ { "name": "aws.secrets.a", "defaultValue": true },
					{ "name": "aws.secrets.b", "defaultValue": [] }, { "name": "aws.secrets.c" },
					{ "name": "aws.secrets.d", "defaultValue": "30s" }, { "name": "aws.secrets.e" } ] }
				""");
		assertThat(metadata.problemsOfTable("""
				| `aws.secrets.a` | `false` | Text |
				| `aws.secrets.b` | all | Text |
				| `aws.secrets.c` | `x` | Text |
				| `aws.secrets.d` | `30s` | Text |
				| `aws.secrets.d` | `30s` | Text |
				| `aws.secrets.f` | | Text |
				""")).containsExactly("aws.secrets.d has two rows", "aws.secrets.a has default `false`, not [true]",
				"aws.secrets.c has default `x`, not null", "aws.secrets.e has no row", "aws.secrets.f does not exist");
	}

	private static Map<String, BoundProperty> bound() {
		Map<String, BoundProperty> bound = new TreeMap<>();
		new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
			.importPackages("io.github.awssecrets")
			.that(CanBeAnnotated.Predicates.annotatedWith(ConfigurationProperties.class))
			.forEach((settings) -> bound.putAll(BoundProperty.of(settings.reflect())));
		return bound;
	}

	private static ConfigurationMetadata generated() throws IOException {
		String classes = SecretsProperties.class.getProtectionDomain().getCodeSource().getLocation().toString();
		UrlResource resource = UrlResource
			.from((classes.endsWith(".jar") ? "jar:" + classes + "!/" : classes) + LOCATION);
		return ConfigurationMetadata.parse(resource.getContentAsString(StandardCharsets.UTF_8));
	}

	@ConfigurationProperties("bad")
	record Bad(@DefaultValue("false") boolean on, @DefaultValue("1s") Duration time,
			@DefaultValue("b") List<String> names, @DefaultValue("1") int missingOne, Inner inner) {

	}

	record Inner(@DefaultValue("x") String text, String silent) {

	}

	@ConfigurationProperties("good")
	record Good(@DefaultValue("true") boolean on, @DefaultValue List<String> all, String text) {

	}

}
