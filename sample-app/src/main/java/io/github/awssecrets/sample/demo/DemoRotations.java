package io.github.awssecrets.sample.demo;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.embedded.rotation.ConnectionFactory;
import io.github.awssecrets.embedded.rotation.RotationListener;
import io.github.awssecrets.embedded.rotation.SelfSignedCertificate;
import io.github.awssecrets.embedded.rotation.SingleUserRotator;
import io.github.awssecrets.embedded.rotation.SqlDialect;

/**
 * Rotates the secrets that the sample brings along, as their owners would: the
 * application is not told. That of the database is rotated in the four steps of AWS's own
 * rotation functions, which change the password in the database too. A bean where the
 * embedded Secrets Manager runs.
 */
public final class DemoRotations {

	/** The secret of the database. */
	public static final String DATABASE = DemoSecrets.DATABASE;

	/**
	 * How long the database already has the new password while {@code AWSCURRENT} is
	 * still the old one. At AWS it can be a minute.
	 */
	public static final Duration GAP = Duration.ofSeconds(2);

	private static final String ROTATOR = "arn:aws:lambda:eu-west-1:123456789012:function:sample-rotator";

	private final SecretsServer server;

	private final Map<String, Supplier<String>> contents = new TreeMap<>();

	private DemoRotations(SecretsServer server) {
		this.server = server;
	}

	static DemoRotations of(SecretsServer server, String databaseUrl, String stage, Supplier<String> values) {
		DemoRotations rotations = new DemoRotations(server);
		AtomicInteger paymentKeys = new AtomicInteger(1);
		rotations.contents.put(DemoSecrets.payment(stage),
				() -> DemoSecrets.payment(paymentKeys.incrementAndGet(), values));
		rotations.contents.put(DemoSecrets.PARTNER_TOKEN, values);
		server.rotations()
			.register(ROTATOR, new SingleUserRotator(SqlDialect.postgresql(), ConnectionFactory.ofUrl(databaseUrl)));
		server.rotations().gap(GAP);
		return rotations;
	}

	/**
	 * Create the secret of the page's certificate, which can be rotated from then on.
	 */
	void addCertificate() {
		Supplier<String> certificates = () -> SelfSignedCertificate.of("localhost").toJson();
		this.server.create(DemoSecrets.CERTIFICATE, certificates.get());
		this.contents.put(DemoSecrets.CERTIFICATE, certificates);
	}

	/**
	 * Return what can be rotated.
	 * @return secret ids, sorted
	 */
	public Set<String> secretIds() {
		Set<String> ids = new TreeSet<>(this.contents.keySet());
		ids.add(DATABASE);
		return ids;
	}

	/**
	 * Give a secret another value. With the database's secret that begins here, and takes
	 * a little longer than the {@link #GAP}.
	 * @param secretId one of {@link #secretIds()}
	 * @return the id of the new version
	 * @throws IllegalArgumentException if it is none of them
	 * @throws IllegalStateException if a rotation of it is under way
	 */
	public String rotate(String secretId) {
		if (secretId.equals(DATABASE)) {
			return rotateDatabase();
		}
		Supplier<String> content = this.contents.get(secretId);
		if (content == null) {
			throw new IllegalArgumentException(
					"No rotation of '%s', only of %s".formatted(secretId, String.join(", ", secretIds())));
		}
		return this.server.put(secretId, content.get());
	}

	private String rotateDatabase() {
		try {
			return this.server.startRotation(DATABASE, ROTATOR);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalStateException(ex.getMessage(), ex);
		}
	}

	/**
	 * Return the stages of a secret's versions.
	 * @param secretId a secret
	 * @return the version id by stage, sorted
	 */
	public Map<String, String> stages(String secretId) {
		return new TreeMap<>(this.server.stages(secretId));
	}

	/**
	 * Have a listener told of each step of the database's rotation.
	 * @param listener the listener
	 */
	public void addListener(RotationListener listener) {
		this.server.rotations().addListener(listener);
	}

}
