package io.github.awssecrets.embedded;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Configures and starts a {@link SecretsServer}. Not safe for use by several threads.
 */
public final class SecretsServerBuilder {

	private int port;

	private String region = "eu-west-1";

	private Clock clock = Clock.systemUTC();

	private Random random = new Random();

	private final List<Seed> seeds = new ArrayList<>();

	SecretsServerBuilder() {
	}

	/**
	 * The port to listen on; 0, the default, is any free one.
	 * @param port the port
	 * @return this builder
	 */
	public SecretsServerBuilder port(int port) {
		this.port = port;
		return this;
	}

	/**
	 * The Region of the server's own operations and seeds; {@code eu-west-1} by default.
	 * @param region the Region
	 * @return this builder
	 */
	public SecretsServerBuilder region(String region) {
		this.region = SecretArn.requireRegion(region);
		return this;
	}

	/**
	 * The source of time; the system's clock by default.
	 * @param clock the clock
	 * @return this builder
	 */
	public SecretsServerBuilder clock(Clock clock) {
		this.clock = clock;
		return this;
	}

	/**
	 * Makes the random parts of ARNs and version ids repeatable.
	 * @param seed the seed of the random numbers
	 * @return this builder
	 */
	public SecretsServerBuilder randomSeed(long seed) {
		this.random = new Random(seed);
		return this;
	}

	/**
	 * Adds a secret to start with.
	 * @param line the secret as {@code name = value}, such as
	 * <code>prod/db = {"username":"app"}</code>; the value of a binary secret is
	 * <code>{"$binary":"..."}</code>, in Base64
	 * @return this builder
	 */
	public SecretsServerBuilder secret(String line) {
		this.seeds.add(SeedParser.line(line));
		return this;
	}

	/**
	 * Adds secrets to start with.
	 * @param json a JSON object of names and values: a string is the secret's text, an
	 * object a JSON secret as it stands there, <code>{"$binary":"..."}</code> a binary
	 * secret in Base64
	 * @return this builder
	 */
	public SecretsServerBuilder seed(String json) {
		this.seeds.addAll(SeedParser.document(json, "seed"));
		return this;
	}

	/**
	 * Adds secrets to start with.
	 * @param file a file, in UTF-8, with what {@link #seed(String)} takes
	 * @return this builder
	 * @throws IllegalArgumentException if the file can't be read or is malformed; the
	 * message doesn't tell its content
	 */
	public SecretsServerBuilder seed(Path file) {
		try {
			this.seeds.addAll(SeedParser.document(Files.readString(file), file.toString()));
			return this;
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException(file + ": it is not UTF-8");
		}
		catch (IOException ex) {
			throw new IllegalArgumentException(file + ": it can't be read", ex);
		}
	}

	/**
	 * Starts the server.
	 * @return the running server
	 * @throws PortInUseException if the port is taken
	 */
	public SecretsServer start() {
		return new SecretsServer(this.port, this.clock, this.random, this.region, this.seeds);
	}

}
