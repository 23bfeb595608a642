package io.github.awssecrets.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests of {@code docs/quoting.md}: each example on the page is loaded, and must yield
 * what the page says.
 */
class QuotingTableTests {

	private static final String BASH_MISSING = "No bash on PATH: its examples are not loaded";

	private static final Map<String, QuotingFormat> FORMATS = Map.ofEntries(
			Map.entry("Properties files", BootFormats::properties), Map.entry("YAML plain", BootFormats::yaml),
			Map.entry("YAML single-quoted", BootFormats::yaml), Map.entry("YAML double-quoted", BootFormats::yaml),
			Map.entry("YAML flow", BootFormats::yaml), Map.entry("YAML block scalars", BootFormats::yaml),
			Map.entry("XML", BootFormats::xml), Map.entry("JSON", BootFormats::json),
			Map.entry("Bash", Shell.BASH::exports), Map.entry("Command line", Shell.BASH::arguments),
			Map.entry("Docker Compose", ContainerFormats::compose),
			Map.entry("Docker Compose env_file", ContainerFormats::composeEnvFile),
			Map.entry("Docker run --env-file", ContainerFormats::dockerEnvFile),
			Map.entry("Kubernetes", ContainerFormats::kubernetes),
			Map.entry("Maven filtering with spring-boot-starter-parent", MavenFiltering.STARTER_PARENT),
			Map.entry("Maven filtering with its own delimiters", MavenFiltering.OWN_DELIMITERS));

	private static final String MARKDOWN = read();

	private static final QuotingChecks CHECKS = checks(MARKDOWN, FORMATS);

	private static String read() {
		try {
			return Files.readString(Path.of("../docs/quoting.md"));
		}
		catch (IOException ex) {
			throw new IllegalStateException("This module's directory is not the working directory", ex);
		}
	}

	private static QuotingChecks checks(String markdown, Map<String, QuotingFormat> formats) {
		return new QuotingChecks(QuotingPage.parse(markdown), formats);
	}

	@Test
	void pageWhenReadHasAllRowsForEachFormatOfItsContents() {
		assertThat(CHECKS.page().rows()).containsOnlyKeys("plain", "default", "escaped", "placeholder", "backslash",
				"literal");
		assertThat(CHECKS.structure()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource
	void rowWhenParsedMeansWhatItsCellsSay(QuotingRow row) {
		assertThat(row.isMeantBy(row.value())).isTrue();
	}

	static List<QuotingRow> rowWhenParsedMeansWhatItsCellsSay() {
		return List.copyOf(CHECKS.page().rows().values());
	}

	@ParameterizedTest(name = "{0}, line {2}")
	@MethodSource
	void exampleWhenLoadedYieldsAllRows(String title, QuotingExample example, int line) {
		assumeLoadable(title);
		assertThat(CHECKS.right(CHECKS.page().section(title), example)).isEmpty();
	}

	static List<Arguments> exampleWhenLoadedYieldsAllRows() {
		return arguments(QuotingSection::rightExamples);
	}

	@ParameterizedTest(name = "{0}, line {2}")
	@MethodSource
	void exampleWhenWrongGoesWrongAsItsCaptionSays(String title, QuotingExample example, int line) {
		assumeLoadable(title);
		assertThat(CHECKS.wrong(CHECKS.page().section(title), example)).isEmpty();
	}

	static List<Arguments> exampleWhenWrongGoesWrongAsItsCaptionSays() {
		return arguments(QuotingSection::wrongExamples);
	}

	@Test
	void examplesOfShellsWhenZshIsPresentYieldAllRows() throws Exception {
		assumeTrue(Shell.ZSH.isPresent(), "No zsh on PATH: the examples of shells are loaded by bash only");
		checkWith("Bash", Shell.ZSH::exports);
		checkWith("Command line", Shell.ZSH::arguments);
	}

	@Test
	void exampleOfComposeWhenDockerComposeIsPresentYieldsAllRows(@TempDir Path directory) throws Exception {
		assumeTrue(DockerCompose.isPresent(), "No docker compose: only the rule of its specification is applied");
		checkWith("Docker Compose", (example) -> DockerCompose.load(directory, example));
	}

	private void checkWith(String title, QuotingFormat format) throws Exception {
		QuotingSection section = CHECKS.page().section(title);
		for (QuotingExample example : section.rightExamples()) {
			assertThat(CHECKS.right(section, example.line(), format.load(example.text()))).isEmpty();
		}
	}

	@ParameterizedTest(name = "{0}, line {2}")
	@MethodSource("exampleWhenLoadedYieldsAllRows")
	void exampleWhenOneCharacterOfARowChangesIsNoticed(String title, QuotingExample example, int line) {
		assumeLoadable(title);
		QuotingExample changed = new QuotingExample(line, example.caption(),
				example.text().replace("db.pass", "db,pass"));
		assertThat(CHECKS.right(CHECKS.page().section(title), changed)).isNotEmpty();
	}

	@ParameterizedTest(name = "{0}, line {2}")
	@MethodSource("exampleWhenWrongGoesWrongAsItsCaptionSays")
	void exampleWhenQuotedWronglyIsNoticed(String title, QuotingExample example, int line) {
		assumeLoadable(title);
		assertThat(CHECKS.right(CHECKS.page().section(title), example)).isNotEmpty();
	}

	@Test
	void captionWhenItsExampleIsRightIsNoticed() {
		QuotingSection section = CHECKS.page().section("Properties files");
		String right = section.rightExamples().get(0).text();
		assertThat(CHECKS.wrong(section, new QuotingExample(1, "*Wrong*, fails: no.", right))).isNotEmpty();
		assertThat(CHECKS.wrong(section,
				new QuotingExample(1, "*Wrong*, arrives as `$<secret:prod/db.password>`: no.", right)))
			.isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "- [YAML flow](#yaml-flow)\n", "## XML\n" })
	void structureWhenContentsAndSectionsDifferIsNoticed(String removed) {
		assertThat(MARKDOWN).contains(removed);
		assertThat(checks(MARKDOWN.replace(removed, ""), FORMATS).structure()).isNotEmpty();
	}

	@Test
	void structureWhenFormatIsUnknownIsNoticed() {
		Map<String, QuotingFormat> formats = new TreeMap<>(FORMATS);
		formats.remove("JSON");
		assertThat(checks(MARKDOWN, formats).structure()).singleElement().asString().contains("JSON");
	}

	@Test
	void structureWhenSectionHasNoExampleIsNoticed() {
		String empty = MARKDOWN.replaceFirst("(?s)```properties\nplain.*?```\n", "");
		assertThat(checks(empty, FORMATS).structure()).containsExactly("Section 'Properties files' has no example");
	}

	@ParameterizedTest
	@CsvSource({ "placeholder=, placeholders=", "literal=, # literal=" })
	void exampleWhenRowIsMissingIsNoticed(String row, String other) {
		QuotingChecks checks = checks(MARKDOWN.replace("\n" + row, "\n" + other), FORMATS);
		QuotingSection section = checks.page().section("Properties files");
		assertThat(checks.right(section, section.rightExamples().get(0))).isNotEmpty();
	}

	@Test
	void rowWhenItsCellIsWrongIsNoticed() {
		QuotingPage page = QuotingPage.parse(MARKDOWN.replace("`smtp.host:port`", "`smtp.host`"));
		QuotingRow row = page.rows().get("escaped");
		assertThat(row.isMeantBy(row.value())).isFalse();
	}

	private static List<Arguments> arguments(Function<QuotingSection, List<QuotingExample>> examples) {
		List<Arguments> arguments = new ArrayList<>();
		for (QuotingSection section : CHECKS.page().sections()) {
			examples.apply(section)
				.forEach((example) -> arguments.add(Arguments.of(section.title(), example, example.line())));
		}
		return arguments;
	}

	private static void assumeLoadable(String title) {
		boolean shell = title.equals("Bash") || title.equals("Command line");
		assumeTrue(!shell || Shell.BASH.isPresent(), BASH_MISSING);
	}

}
