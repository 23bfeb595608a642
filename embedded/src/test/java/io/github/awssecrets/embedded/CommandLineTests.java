package io.github.awssecrets.embedded;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CommandLine}.
 */
class CommandLineTests {

	@Test
	void parseWhenNothingIsGivenUsesDefaults() {
		assertThat(CommandLine.parse()).isEqualTo(new CommandLine(4566, "eu-west-1", null, false));
	}

	@Test
	void parseReadsAllOptions() {
		assertThat(CommandLine.parse("--seed", "secrets.json", "--region", "us-east-1", "--port", "0", "--help"))
			.isEqualTo(new CommandLine(0, "us-east-1", Path.of("secrets.json"), true));
	}

	@ParameterizedTest
	@CsvSource({ "--prot 1, Unknown argument '--prot'; --help lists all",
			"--port x, '--port needs a number from 0 to 65535, not ''x'''",
			"--port 65536, '--port needs a number from 0 to 65535, not ''65536'''", "--seed, --seed needs a value",
			"--region europe, Not the name of a Region: 'europe' (expected one like eu-west-1)" })
	void parseWhenWrongSaysWhat(String line, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.parse(line.split(" ", -1)))
			.withMessage(message);
	}

}
