package io.github.awssecrets.fuzz;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Runs the inputs that fuzzing has found to be worth keeping.
 */
class FuzzCorpusTests {

	@ParameterizedTest
	@EnumSource(FuzzTarget.class)
	void targetWhenInputsAreThoseThatWereFoundHolds(FuzzTarget target) throws Exception {
		List<Path> inputs = inputs(target);
		assertThat(inputs).hasSizeGreaterThan(3);
		for (Path input : inputs) {
			byte[] data = Files.readAllBytes(input);
			assertThatNoException().as(input.getFileName().toString()).isThrownBy(() -> target.run(data));
		}
	}

	private static List<Path> inputs(FuzzTarget target) throws IOException, URISyntaxException {
		URL directory = FuzzCorpusTests.class.getResource(target.corpus());
		assertThat(directory).as(target.corpus()).isNotNull();
		try (Stream<Path> files = Files.list(Path.of(directory.toURI()))) {
			return files.sorted().toList();
		}
	}

}
