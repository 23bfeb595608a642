package io.github.awssecrets.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the tests which the pages name as proof exist.
 */
class NamedTestsTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Tests)`");

	@ParameterizedTest
	@MethodSource("pages")
	void testsWhenNamedExist(Path page) throws IOException {
		Set<String> missing = named(Files.readString(ROOT.resolve(page)));
		missing.removeAll(tests());
		assertThat(missing).isEmpty();
	}

	@Test
	void clientsWhenListedSayWhatShowsIt() throws IOException {
		List<String> rows = Files.readString(ROOT.resolve("docs/credentials.md"))
			.lines()
			.dropWhile((line) -> !line.endsWith("| Shown by |"))
			.skip(2)
			.takeWhile((line) -> line.startsWith("|"))
			.toList();
		assertThat(rows).hasSizeGreaterThan(10)
			.allSatisfy((row) -> assertThat(row).matches(".*\\| (`\\w+Tests`|by reading)[^|]* \\|"));
	}

	@Test
	void testsWhenMissingAreNoticed() throws IOException {
		assertThat(named("as `NobodyWroteTheseTests` shows")).containsExactly("NobodyWroteTheseTests");
		assertThat(tests()).contains("NamedTestsTests").doesNotContain("NobodyWroteTheseTests");
	}

	static Stream<Path> pages() throws IOException {
		try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
			return Stream.concat(Stream.of("README.md", "CONTRIBUTING.md", "benchmarks/README.md").map(Path::of),
					docs.map(ROOT::relativize).sorted().toList().stream());
		}
	}

	private static Set<String> named(String text) {
		return TEST.matcher(text).results().map((name) -> name.group(1)).collect(Collectors.toCollection(TreeSet::new));
	}

	private static Set<String> tests() throws IOException {
		Set<String> tests = new TreeSet<>();
		try (Stream<Path> modules = Files.list(ROOT)) {
			for (Path sources : modules.map((module) -> module.resolve("src/test/java"))
				.filter(Files::isDirectory)
				.toList()) {
				try (Stream<Path> files = Files.walk(sources)) {
					files.map((file) -> file.getFileName().toString())
						.filter((name) -> name.endsWith("Tests.java"))
						.forEach((name) -> tests.add(name.replace(".java", "")));
				}
			}
		}
		return tests;
	}

}
