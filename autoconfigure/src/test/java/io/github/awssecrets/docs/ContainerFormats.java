package io.github.awssecrets.docs;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The files of Docker and Kubernetes. SnakeYAML reads the YAML; the rules that come after
 * it, which are those of the tools, are applied here.
 */
final class ContainerFormats {

	private static final Pattern DOTENV_SINGLE_QUOTED = Pattern
		.compile("(?<name>\\w+)='(?<value>(?:[^'\\\\]|\\\\.)*)'");

	private ContainerFormats() {
	}

	static Map<String, String> compose(String example) {
		return composeEnvironment(example, ContainerFormats::interpolate);
	}

	static Map<String, String> composeEnvironment(String text, UnaryOperator<String> rule) {
		Map<?, ?> services = (Map<?, ?>) yaml(text).get("services");
		Map<?, ?> service = (Map<?, ?>) services.get("app");
		return entries((Map<?, ?>) service.get("environment"), rule);
	}

	/*
	 * The Compose specification, "Interpolation": $$ is a literal $. Any other $ starts a
	 * variable, or is an error or kept, depending on the version: never worth writing.
	 */
	private static String interpolate(String value) {
		if (value.replace("$$", "").contains("$")) {
			throw new IllegalArgumentException("Invalid interpolation format");
		}
		return value.replace("$$", "$");
	}

	/*
	 * Docker's "Syntax for environment files in Docker Compose": single-quoted values are
	 * literal, but for \'. All other values are interpolated.
	 */
	static Map<String, String> composeEnvFile(String example) {
		Map<String, String> values = new TreeMap<>();
		example.lines().forEach((line) -> {
			Matcher matcher = DOTENV_SINGLE_QUOTED.matcher(line);
			if (!matcher.matches()) {
				throw new IllegalArgumentException("The value is interpolated");
			}
			put(values, matcher.group("name"), matcher.group("value").replace("\\'", "'"));
		});
		return values;
	}

	/*
	 * Docker's reference of "docker run": the text after the = is the value, unchanged.
	 */
	static Map<String, String> dockerEnvFile(String example) {
		Map<String, String> values = new TreeMap<>();
		example.lines().map((line) -> line.split("=", 2)).forEach((parts) -> put(values, parts[0], parts[1]));
		return values;
	}

	static Map<String, String> kubernetes(String example) {
		Map<String, Object> manifest = yaml(example);
		if (manifest.get("kind").equals("ConfigMap")) {
			return entries((Map<?, ?>) manifest.get("data"), UnaryOperator.identity());
		}
		Map<?, ?> specification = (Map<?, ?>) manifest.get("spec");
		Map<?, ?> container = (Map<?, ?>) ((List<?>) specification.get("containers")).get(0);
		Map<String, String> values = new TreeMap<>();
		for (Object variable : (List<?>) container.get("env")) {
			Map<?, ?> entry = (Map<?, ?>) variable;
			put(values, (String) entry.get("name"), expand((String) entry.get("value")));
		}
		return values;
	}

	/*
	 * The Kubernetes API reference, "EnvVar": $(NAME) is expanded, and $$ reduced to $.
	 */
	private static String expand(String value) {
		if (value.replace("$$", "").contains("$(")) {
			throw new IllegalArgumentException("A variable of Kubernetes");
		}
		return value.replace("$$", "$");
	}

	private static Map<String, Object> yaml(String text) {
		return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
	}

	private static Map<String, String> entries(Map<?, ?> entries, UnaryOperator<String> rule) {
		Map<String, String> values = new TreeMap<>();
		entries.forEach((name, value) -> put(values, (String) name, rule.apply((String) value)));
		return values;
	}

	private static void put(Map<String, String> values, String name, String value) {
		values.put(name.toLowerCase(Locale.ROOT), value);
	}

}
