package io.github.awssecrets.testing;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.github.awssecrets.embedded.SecretOperations;

/**
 * The secret of a user of a {@link PostgresDatabase}, and the steps of its rotation, one
 * by one. Versions count from 1. Not for use by several threads.
 */
public final class PostgresSecret {

	private final SecretOperations secrets;

	private final PostgresDatabase database;

	private final String name;

	private final List<Version> versions = new ArrayList<>();

	/**
	 * Create the user and its secret.
	 * @param secrets where the secret is
	 * @param database the database
	 * @param name the name of the secret
	 * @param user the name of the user
	 * @throws SQLException if the user cannot be created
	 */
	public PostgresSecret(SecretOperations secrets, PostgresDatabase database, String name, String user)
			throws SQLException {
		this.secrets = secrets;
		this.database = database;
		this.name = name;
		database.createRole(user, password(1));
		this.versions.add(new Version(user, secrets.create(name, json(user, 1))));
	}

	/**
	 * Put a new version, which AWS's {@code createSecret} does.
	 * @param user the name of the user that it is for
	 * @return the number of the version, which is {@code AWSPENDING} now
	 */
	public int prepare(String user) {
		int number = this.versions.size() + 1;
		this.versions.add(new Version(user, this.secrets.put(this.name, json(user, number), "AWSPENDING")));
		return number;
	}

	/**
	 * Change the password by hand: in the database, and then in the secret, whatever a
	 * rotation prepares.
	 * @param user the name of the user
	 * @throws SQLException if that fails
	 */
	public void changeByHand(String user) throws SQLException {
		int number = this.versions.size() + 1;
		this.database.changePassword(user, password(number));
		this.versions.add(new Version(user, this.secrets.put(this.name, json(user, number))));
	}

	/**
	 * Change the password in the database, which {@code setSecret} does.
	 * @param number the number of the version whose password the user gets
	 * @throws SQLException if that fails
	 */
	public void set(int number) throws SQLException {
		this.database.changePassword(this.versions.get(number - 1).user(), password(number));
	}

	/**
	 * Move {@code AWSCURRENT}, which {@code finishSecret} does, and a rollback.
	 * @param number the number of the version that gets it
	 */
	public void makeCurrent(int number) {
		this.secrets.moveStage(this.name, "AWSCURRENT", versionId(number));
	}

	/**
	 * Return AWS's id of a version.
	 * @param number the number of the version
	 * @return the id
	 */
	public String versionId(int number) {
		return this.versions.get(number - 1).id();
	}

	/**
	 * Return the password of the first version.
	 * @return the password
	 */
	public String password() {
		return password(1);
	}

	private String password(int number) {
		return Canary.value(this.name + ".password", number);
	}

	private String json(String user, int number) {
		return "{\"engine\":\"postgres\",\"host\":\"%s\",\"port\":%d,\"dbname\":\"postgres\",\"username\":\"%s\",\"password\":\"%s\"}"
			.formatted(PostgresDatabase.HOST, this.database.port(), user, password(number).replace("\"", "\\\""));
	}

	private record Version(String user, String id) {
	}

}
