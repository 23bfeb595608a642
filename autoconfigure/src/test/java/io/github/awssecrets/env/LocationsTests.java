package io.github.awssecrets.env;

import java.util.Map;
import java.util.Properties;

import org.junit.jupiter.api.Test;

import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Locations}.
 */
class LocationsTests {

	@Test
	void describeWhenInFileNamesFileLineAndColumn() {
		TextResourceOrigin origin = new TextResourceOrigin(new ClassPathResource("config/application.yml"),
				new TextResourceOrigin.Location(7, 14));
		assertThat(describe(
				new OriginTrackedMapPropertySource("file", Map.of("app.key", OriginTrackedValue.of("x", origin))),
				"app.key"))
			.isEqualTo("application.yml:8:15");
	}

	@Test
	void describeWhenVariableNamesVariable() {
		SourceProperty property = new SourceProperty("APP_KEY", "x", null, new SystemEnvironmentOrigin("APP_KEY"));
		assertThat(Locations.describe(property)).isEqualTo("environment variable APP_KEY");
	}

	@Test
	void describeWhenArgumentNamesArgument() {
		assertThat(describe(new SimpleCommandLinePropertySource("--app.key=x"), "app.key"))
			.isEqualTo("command line argument --app.key");
	}

	@Test
	void describeWhenSystemPropertyNamesProperty() {
		assertThat(describe(new PropertiesPropertySource("systemProperties", new Properties()), "app.key"))
			.isEqualTo("system property app.key");
	}

	@Test
	void describeWhenInOtherSourceNamesSource() {
		assertThat(describe(new MapPropertySource("other", Map.of()), "app.key")).isEqualTo("property source 'other'");
	}

	@Test
	void describeWhenAnnotationSaysSo() {
		assertThat(Locations.describe(SourceProperty.ofValueAnnotation("x"))).isEqualTo("an annotation");
	}

	private static String describe(PropertySource<?> source, String name) {
		return Locations.describe(SourceProperty.of(source, name, "x"));
	}

}
