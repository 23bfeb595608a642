package io.github.awssecrets.benchmarks.comparison;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.awssecrets.benchmarks.application.MeasuredApplication;
import io.github.awssecrets.testing.Canary;

/**
 * How the measured application gets the values of its properties. Each has the class path
 * of a module in {@code benchmarks/applications} of that name, and properties of the same
 * names and values.
 */
enum Variant {

	/** From its own files. */
	PLAIN {

		@Override
		String yaml(int secrets) {
			return properties(secrets,
					(secret, key) -> Canary.value(MeasuredServer.name(secret) + "." + key, 1).replace("\"", "\\\""));
		}

		@Override
		List<String> arguments(URI endpoint, String region, Duration polling) {
			return List.of();
		}

	},

	/** With the starter. */
	STARTER {

		@Override
		String yaml(int secrets) {
			return properties(secrets, (secret, key) -> "$<secret:%s.%s>".formatted(MeasuredServer.name(secret), key));
		}

		@Override
		List<String> arguments(URI endpoint, String region, Duration polling) {
			return List.of("--aws.secrets.endpoint=" + endpoint, "--aws.secrets.region=" + region,
					"--aws.secrets.watch.interval=" + polling.toSeconds() + "s");
		}

	},

	/** With Spring Cloud AWS, and its reload strategy {@code refresh}. */
	PEER {

		@Override
		String yaml(int secrets) {
			// Those that are rotated are polled neither first nor last
			return IntStream.range(0, secrets)
				.map((index) -> (index + secrets / 2) % secrets)
				.mapToObj((secret) -> "%s?prefix=%s%d.".formatted(MeasuredServer.name(secret),
						MeasuredApplication.PREFIX, secret))
				.collect(Collectors.joining(";", "spring.config.import: \"aws-secretsmanager:", "\"\n"));
		}

		@Override
		List<String> arguments(URI endpoint, String region, Duration polling) {
			String prefix = "--spring.cloud.aws.";
			return List.of(prefix + "secretsmanager.endpoint=" + endpoint, prefix + "region.static=" + region,
					prefix + "credentials.access-key=test", prefix + "credentials.secret-key=test",
					prefix + "secretsmanager.reload.strategy=refresh",
					prefix + "secretsmanager.reload.period=" + polling.toSeconds() + "s");
		}

	};

	/**
	 * Return the configuration file.
	 * @param secrets the number of secrets
	 * @return the text of {@code application.yml}
	 */
	abstract String yaml(int secrets);

	/**
	 * Return the arguments that say where secrets are.
	 * @param endpoint the endpoint
	 * @param region the Region
	 * @param polling the time between polls
	 * @return the arguments
	 */
	abstract List<String> arguments(URI endpoint, String region, Duration polling);

	/**
	 * Return what this variant is called in tables and files.
	 * @return such as {@code starter}
	 */
	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	private static String properties(int secrets, ValueOfKey value) {
		String[] prefix = MeasuredApplication.PREFIX.split("\\.", -1);
		StringBuilder yaml = new StringBuilder(prefix[0] + ":\n");
		for (int i = 0; i < secrets; i++) {
			yaml.append("  %s%d:%n".formatted(prefix[1], i));
			for (String key : MeasuredServer.KEYS) {
				yaml.append("    %s: \"%s\"%n".formatted(key, value.of(i, key)));
			}
		}
		return yaml.toString();
	}

	/**
	 * Gives the value of a property.
	 */
	private interface ValueOfKey {

		String of(int secret, String key);

	}

}
