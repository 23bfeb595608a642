package io.github.awssecrets.adopter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests that what users get has licences that they can live with, and that the list of it
 * in the documentation is true. Reads the bills of materials that the build has made,
 * which it makes online only.
 */
class BillOfMaterialsIntegrationTests {

	/* The last one is what RabbitMQ's client calls the first */
	private static final Set<String> ALLOWED = Set.of("Apache-2.0", "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause",
			"EPL-1.0", "EPL-2.0", "AL 2.0");

	private static final Path ROOT = Path.of("..");

	@ParameterizedTest
	@ValueSource(strings = { "starter", "autoconfigure", "embedded" })
	void dependenciesWhenPublishedHaveAllowedLicence(String module) throws IOException {
		List<Component> components = components(module);
		assertThat(components).isNotEmpty();
		assertThat(components).allSatisfy(
				(component) -> assertThat(component.licences()).as(component.name()).containsAnyElementsOf(ALLOWED));
	}

	@ParameterizedTest
	@ValueSource(strings = { "starter", "autoconfigure", "embedded" })
	void dependenciesWhenPublishedAreListed(String module) throws IOException {
		String page = Files.readString(ROOT.resolve("docs/dependencies.md"));
		String section = page.substring(page.indexOf("## `" + module + "`"));
		int end = section.indexOf("\n## ", 1);
		List<String> rows = section.substring(0, (end != -1) ? end : section.length())
			.lines()
			.filter((line) -> line.startsWith("| `"))
			.toList();
		assertThat(rows).containsExactlyElementsOf(components(module).stream().map(Component::row).toList());
	}

	private static List<Component> components(String module) throws IOException {
		Path file = ROOT.resolve(module + "/target/bom.json");
		assumeThat(file).as("no bill of materials: the build is offline").exists();
		JsonNode bom = JsonMapper.shared().readTree(Files.readString(file));
		List<Component> components = new ArrayList<>();
		for (JsonNode component : bom.path("components")) {
			Set<String> licences = new TreeSet<>();
			for (JsonNode choice : component.path("licenses")) {
				JsonNode licence = choice.path("license");
				licences.add(licence.has("id") ? licence.path("id").asString() : licence.path("name").asString());
			}
			components.add(new Component(component.path("group").asString() + ":" + component.path("name").asString(),
					component.path("version").asString(), licences));
		}
		components.removeIf((component) -> component.name().startsWith("io.github.awssecrets:"));
		components.sort((one, other) -> one.name().compareTo(other.name()));
		return components;
	}

	/**
	 * What an artifact brings along.
	 */
	record Component(String name, String version, Set<String> licences) {

		String row() {
			return "| `%s` | %s | %s |".formatted(this.name, this.version, String.join(" or ", this.licences));
		}

	}

}
