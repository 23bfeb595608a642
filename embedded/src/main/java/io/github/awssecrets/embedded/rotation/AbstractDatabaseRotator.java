package io.github.awssecrets.embedded.rotation;

import java.sql.Connection;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * Base of the rotators for users of a database, whose secrets are JSON with
 * {@code username} and {@code password}. What it throws and logs holds user names and
 * SQLStates, but neither passwords nor the messages of the driver or the server, which
 * may quote a statement.
 */
abstract class AbstractDatabaseRotator implements Rotator {

	/**
	 * What AWS's own rotation functions leave out of passwords.
	 */
	private static final String EXCLUDED_CHARACTERS = ":/@\"'\\";

	private static final int VALIDATION_SECONDS = 10;

	private final SqlDialect dialect;

	private final ConnectionFactory connections;

	AbstractDatabaseRotator(SqlDialect dialect, ConnectionFactory connections) {
		this.dialect = dialect;
		this.connections = connections;
	}

	@Override
	public final void createSecret(RotatingSecret secret) {
		DatabaseSecret current = current(secret);
		if (secret.pending().isEmpty()) {
			String password = secret.randomPassword(EXCLUDED_CHARACTERS);
			secret.putPending(current.with(nextUser(current.username()), password).toJson());
		}
	}

	@Override
	public final void setSecret(RotatingSecret secret) {
		DatabaseSecret current = current(secret);
		DatabaseSecret pending = pending(secret);
		if (!pending.username().equals(nextUser(current.username())) || !pending.isForSameDatabase(current)) {
			throw new RotationException(
					"The pending version is for user '%s' of %s, not for user '%s' of the same database"
						.formatted(pending.username(), database(pending), nextUser(current.username())));
		}
		setPassword(secret, current, pending);
	}

	private static String database(DatabaseSecret secret) {
		return secret.get("host").orElse("the database");
	}

	@Override
	public final void testSecret(RotatingSecret secret) {
		DatabaseSecret pending = pending(secret);
		try (Connection connection = logIn(pending)) {
			if (!connection.isValid(VALIDATION_SECONDS)) {
				throw new RotationException("The connection of '%s' doesn't answer".formatted(pending.username()));
			}
		}
		catch (SQLException ex) {
			throw failure("Can't use the connection of '%s'".formatted(pending.username()), ex);
		}
	}

	/**
	 * The user that the next version is for.
	 */
	abstract String nextUser(String username);

	/**
	 * Gives the user of the pending version its password.
	 */
	abstract void setPassword(RotatingSecret secret, DatabaseSecret current, DatabaseSecret pending);

	final SqlDialect dialect() {
		return this.dialect;
	}

	// Opens a connection, or returns null if the database refuses the credentials. Throws
	// RotationException if it can't tell.
	final @Nullable Connection tryLogIn(DatabaseSecret secret) {
		try {
			return this.connections.connect(secret);
		}
		catch (SQLException ex) {
			if (this.dialect.isRefusedLogin(ex)) {
				return null;
			}
			throw failure("Can't log in as '%s'".formatted(secret.username()), ex);
		}
	}

	// Opens a connection. Throws RotationException if it can't.
	final Connection logIn(DatabaseSecret secret) {
		try {
			return this.connections.connect(secret);
		}
		catch (SQLException ex) {
			throw failure("Can't log in as '%s'".formatted(secret.username()), ex);
		}
	}

	// Whether the database accepts credentials. Throws RotationException if it can't
	// tell.
	final boolean isAccepted(DatabaseSecret secret) {
		try (Connection connection = tryLogIn(secret)) {
			return connection != null;
		}
		catch (SQLException ex) {
			throw failure("Can't log out '%s'".formatted(secret.username()), ex);
		}
	}

	static RotationException failure(String what, SQLException failure) {
		return new RotationException(
				"%s: SQLState %s, vendor code %d".formatted(what, failure.getSQLState(), failure.getErrorCode()));
	}

	static DatabaseSecret current(RotatingSecret secret) {
		return DatabaseSecret.parse(secret.value("AWSCURRENT")
			.orElseThrow(() -> new RotationException("The secret has no current version")));
	}

	private static DatabaseSecret pending(RotatingSecret secret) {
		return DatabaseSecret
			.parse(secret.pending().orElseThrow(() -> new RotationException("The pending version has no value")));
	}

}
