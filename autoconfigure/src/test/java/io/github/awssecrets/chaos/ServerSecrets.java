package io.github.awssecrets.chaos;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.awssecrets.embedded.SecretsServer;

/**
 * The secrets of a schedule in an embedded server, and its faults.
 */
final class ServerSecrets {

	private static final String DENY_BATCH = """
			{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["secretsmanager:GetSecretValue",
			"secretsmanager:DescribeSecret"],"Resource":"*"}]}""";

	private final SecretsServer server;

	private final List<Integer> numbers = new ArrayList<>();

	private final List<Set<String>> texts = new ArrayList<>();

	private final List<String> current = new ArrayList<>();

	ServerSecrets(SecretsServer server, int count) {
		this.server = server;
		for (int i = 0; i < count; i++) {
			server.create(name(i), SecretTexts.text(name(i), 1, Fault.ROTATED));
			this.numbers.add(1);
			this.texts.add(new HashSet<>());
			this.current.add("");
			note(i, 1, Fault.ROTATED);
		}
	}

	private static String name(int secret) {
		return "chaos/" + secret;
	}

	private void note(int secret, int number, Fault fault) {
		if (SecretTexts.isGood(fault)) {
			String both = SecretTexts.username(name(secret), number) + ' '
					+ SecretTexts.password(name(secret), number, fault);
			this.texts.get(secret).add(both);
			this.current.set(secret, both);
		}
	}

	void rotate(int secret, Fault fault) {
		int number = this.numbers.get(secret) + 1;
		this.numbers.set(secret, number);
		this.server.put(name(secret), SecretTexts.text(name(secret), number, fault));
		note(secret, number, fault);
	}

	void begin(Fault fault, int secret) {
		switch (fault) {
			case THROTTLED -> add(io.github.awssecrets.embedded.Fault.throttled().times(3));
			case SERVER_ERROR -> add(io.github.awssecrets.embedded.Fault.internalError().times(8));
			case HTML_503 -> add(io.github.awssecrets.embedded.Fault.unavailable().times(8));
			case CREDENTIALS_EXPIRED -> add(io.github.awssecrets.embedded.Fault.error(400, "ExpiredTokenException",
					"The security token included in the request is expired"));
			case BATCH_DENIED -> this.server.policy(DENY_BATCH);
			case RESET -> add(io.github.awssecrets.embedded.Fault.connectionClosed().times(8));
			case TRUNCATED -> add(io.github.awssecrets.embedded.Fault.truncatedBody().times(8));
			case EMPTY_BODY -> add(io.github.awssecrets.embedded.Fault.emptyBody());
			case NOT_JSON -> add(io.github.awssecrets.embedded.Fault.malformedBody().times(8));
			case SECRET_DENIED -> add(io.github.awssecrets.embedded.Fault.denied().forSecret(name(secret)));
			case NOT_DECRYPTED -> add(io.github.awssecrets.embedded.Fault.decryptionFailure().forSecret(name(secret)));
			case SPOILS_BATCH -> add(io.github.awssecrets.embedded.Fault.internalError().forSecret(name(secret)));
			case DELETED -> this.server.delete(name(secret), 7);
			case PENDING_LEFT -> this.server.put(name(secret),
					SecretTexts.text(name(secret), 0, Fault.ROTATED_TO_PLACEHOLDER), "AWSPENDING");
			case ROLLED_BACK -> rollBack(secret);
			default -> rotate(secret, fault);
		}
	}

	private void rollBack(int secret) {
		String previous = this.server.stages(name(secret)).get("AWSPREVIOUS");
		if (previous != null) {
			this.server.moveStage(name(secret), "AWSCURRENT", previous);
		}
	}

	private void add(io.github.awssecrets.embedded.Fault fault) {
		this.server.faults().add(fault);
	}

	void end(Fault fault, int secret) {
		this.server.faults().clear();
		this.server.removePolicy();
		if (fault == Fault.DELETED) {
			this.server.restore(name(secret));
		}
	}

	void repair() {
		this.server.faults().clear();
		this.server.removePolicy();
	}

	/**
	 * Tell whether a text is user name and password of one version that there was.
	 */
	boolean wasEver(int secret, String both) {
		return this.texts.get(secret).contains(both);
	}

	boolean isCurrent(int secret, String both) {
		return this.current.get(secret).equals(both);
	}

	String versionId(int secret) {
		return this.server.versionId(name(secret));
	}

}
