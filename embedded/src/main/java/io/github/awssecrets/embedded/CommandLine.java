package io.github.awssecrets.embedded;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;

import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@link SecretsServerMain}.
 *
 * @param port the port to listen on
 * @param region the Region of the seed
 * @param seed the file with the secrets to start with, if any
 * @param help whether only help was asked for
 */
record CommandLine(int port, String region, @Nullable Path seed, boolean help) {

	static final String USAGE = """
			An AWS Secrets Manager on the loopback address, for development and tests.

			  --port <port>      port to listen on; 0 for any free one (default 4566)
			  --region <region>  Region of the secrets in the seed (default eu-west-1)
			  --seed <file>      secrets to start with: a JSON object of names and values; a string is
			                     the secret's text, an object a JSON secret as it stands there,
			                     {"$binary":"..."} a binary secret in Base64
			  --help             this text
			""";

	private static final CommandLine DEFAULTS = new CommandLine(4566, "eu-west-1", null, false);

	static CommandLine parse(String... arguments) {
		CommandLine parsed = DEFAULTS;
		Iterator<String> remaining = Arrays.asList(arguments).iterator();
		while (remaining.hasNext()) {
			String option = remaining.next();
			parsed = switch (option) {
				case "--help", "-h" -> new CommandLine(parsed.port, parsed.region, parsed.seed, true);
				case "--port" ->
					new CommandLine(port(value(option, remaining)), parsed.region, parsed.seed, parsed.help);
				case "--region" -> new CommandLine(parsed.port, SecretArn.requireRegion(value(option, remaining)),
						parsed.seed, parsed.help);
				case "--seed" ->
					new CommandLine(parsed.port, parsed.region, path(value(option, remaining)), parsed.help);
				default -> throw new IllegalArgumentException("Unknown argument '" + option + "'; --help lists all");
			};
		}
		return parsed;
	}

	private static String value(String option, Iterator<String> remaining) {
		if (!remaining.hasNext()) {
			throw new IllegalArgumentException(option + " needs a value");
		}
		return remaining.next();
	}

	private static int port(String text) {
		try {
			int port = Integer.parseInt(text);
			if (port >= 0 && port <= 65_535) {
				return port;
			}
		}
		catch (NumberFormatException ex) {
			// Told below, as a number out of range is
		}
		throw new IllegalArgumentException("--port needs a number from 0 to 65535, not '" + text + "'");
	}

	private static Path path(String text) {
		try {
			return Path.of(text);
		}
		catch (InvalidPathException ex) {
			throw new IllegalArgumentException("--seed needs the path of a file, not '" + text + "'");
		}
	}

}
