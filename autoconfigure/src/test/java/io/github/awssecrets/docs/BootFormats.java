package io.github.awssecrets.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.support.SpringApplicationJsonEnvironmentPostProcessor;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

/**
 * What Spring Boot reads by itself, loaded by Spring Boot.
 */
final class BootFormats {

	private static final String JSON_VARIABLE = "SPRING_APPLICATION_JSON";

	private BootFormats() {
	}

	static Map<String, String> properties(String example) throws IOException {
		return load(new PropertiesPropertySourceLoader(), "application.properties", example);
	}

	static Map<String, String> xml(String example) throws IOException {
		return load(new PropertiesPropertySourceLoader(), "application.xml", example);
	}

	static Map<String, String> yaml(String example) throws IOException {
		return load(new YamlPropertySourceLoader(), "application.yml", example);
	}

	private static Map<String, String> load(PropertySourceLoader loader, String fileName, String example)
			throws IOException {
		ByteArrayResource resource = new ByteArrayResource(example.getBytes(StandardCharsets.UTF_8)) {

			@Override
			public String getFilename() {
				return fileName;
			}

		};
		Map<String, String> values = new TreeMap<>();
		for (PropertySource<?> source : loader.load("page", resource)) {
			values.putAll(values((EnumerablePropertySource<?>) source));
		}
		return values;
	}

	static Map<String, String> json(String example) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().stream().toList().forEach(BootFormats::requireNoJson);
		environment.getPropertySources().addFirst(new MapPropertySource("page", Map.of(JSON_VARIABLE, example)));
		new SpringApplicationJsonEnvironmentPostProcessor().postProcessEnvironment(environment,
				new SpringApplication());
		PropertySource<?> source = environment.getPropertySources().get("spring.application.json");
		return (source != null) ? values((EnumerablePropertySource<?>) source) : Map.of();
	}

	private static void requireNoJson(PropertySource<?> source) {
		if (source.containsProperty(JSON_VARIABLE)) {
			throw new IllegalStateException("The machine sets " + JSON_VARIABLE);
		}
	}

	static Map<String, String> arguments(String... arguments) {
		return values(new SimpleCommandLinePropertySource(arguments));
	}

	/* In a list or a map, the row is what comes last in the name or stands before [0]. */
	private static Map<String, String> values(EnumerablePropertySource<?> source) {
		Map<String, String> values = new TreeMap<>();
		for (String name : source.getPropertyNames()) {
			String row = name.replaceFirst("\\[0]$", "").replaceFirst("^.*\\.", "");
			values.put(row, String.valueOf(source.getProperty(name)));
		}
		return values;
	}

}
