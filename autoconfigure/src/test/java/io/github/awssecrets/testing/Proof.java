package io.github.awssecrets.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A proof by large numbers: each build makes it with a smaller one, and
 * {@code mvn verify -Pproof} with the large one. {@code -Dproof=...} chooses parts, as in
 * {@code -Dproof=idle-polls,rotations}.
 */
public enum Proof {

	/** Polls in virtual time in which nothing rotates. */
	IDLE_POLLS(50_000, 1_000_000),

	/** Rotations of a real application's secret. */
	ROTATIONS(180, 2_000),

	/** The same in an application with a bootstrap context. */
	BOOTSTRAP_ROTATIONS(20, 500),

	/** Rotations of two secrets while 64 threads read. */
	READERS(60, 1_000),

	/** Starts of an application in one JVM, each in a class loader of its own. */
	RESTARTS(5, 50),

	/** Random schedules of faults, in virtual time. */
	SCHEDULES(2_000, 100_000),

	/** Such schedules against real applications. */
	APPLICATION_SCHEDULES(50, 500),

	/** Rounds of 1,000 random values that readers get as they are. */
	VALUES(20, 100),

	/** Polls of a real application over HTTP, each hundredth after a rotation. */
	SOAK(500, 1_000_000),

	/**
	 * Rotations, of each kind, of a database's password under load: of two users in turn,
	 * the second is one whose poll is late, and the third shows that it was caught up
	 * with.
	 */
	JDBC_ROTATIONS(3, 20),

	/** Seconds between the change of that password and the move of AWSCURRENT. */
	JDBC_GAP(2, 20),

	/** Rotations of that password in quick succession, without a gap. */
	JDBC_QUICK(3, 1_000),

	/**
	 * Loggers at TRACE whose output is searched for values: our own, or all there are.
	 */
	TRACE(1, 2),

	/** Rotations of a server's and of a client's certificate under load. */
	TLS_ROTATIONS(2, 20),

	/** Rotations, of each kind, of the password of Redis under load. */
	REDIS_ROTATIONS(2, 20),

	/** Rotations, of each kind, of the password of a mail server under load. */
	MAIL_ROTATIONS(2, 20),

	/** Rotations, of each kind, of the password of RabbitMQ under load. */
	RABBIT_ROTATIONS(2, 20),

	/** Rotations, of each kind, of the password of MariaDB under load. */
	MARIADB_ROTATIONS(3, 20);

	/** The system property that names the proofs to be made with the large number. */
	static final String PROPERTY = "proof";

	static final String ALL = "all";

	private final int perBuild;

	private final int large;

	Proof(int perBuild, int large) {
		this.perBuild = perBuild;
		this.large = large;
	}

	/**
	 * Return the number to make this proof with.
	 * @return the number
	 */
	public int count() {
		return count(System.getProperty(PROPERTY, ""));
	}

	/**
	 * Print what a proof has shown, for people to cite.
	 * @param figures the figures, in one line
	 */
	public static void report(String figures) {
		System.out.println("proof: " + figures);
	}

	int count(String chosen) {
		List<String> names = chosen.isBlank() ? List.of() : List.of(chosen.trim().split("\\s*,\\s*"));
		names.forEach(Proof::requireKnown);
		return (names.contains(ALL) || names.contains(key())) ? this.large : this.perBuild;
	}

	private static void requireKnown(String name) {
		List<String> known = Arrays.stream(values()).map(Proof::key).collect(Collectors.toList());
		known.add(ALL);
		if (!known.contains(name)) {
			throw new IllegalArgumentException("-D%s=%s: there are %s".formatted(PROPERTY, name, known));
		}
	}

	private String key() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
