package io.github.awssecrets.embedded.rotation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Rotates the password of one database user, who changes it alone. From setSecret to
 * finishSecret the database refuses the current version.
 * <p>
 * It logs in with the current version; where that is refused, setSecret is done if the
 * pending one is accepted, as after a rotation that failed, and else the previous version
 * is tried. (AWS's own function tries the pending one first, and so has one refused
 * log-in in every rotation.)
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotation-strategy.html">Rotation
 * strategies</a>
 */
public final class SingleUserRotator extends AbstractDatabaseRotator {

	/**
	 * Creates a rotator.
	 * @param dialect the dialect of the database
	 * @param connections opens connections
	 */
	public SingleUserRotator(SqlDialect dialect, ConnectionFactory connections) {
		super(dialect, connections);
	}

	@Override
	String nextUser(String username) {
		return username;
	}

	@Override
	void setPassword(RotatingSecret secret, DatabaseSecret current, DatabaseSecret pending) {
		if (change(current, pending) || isAccepted(pending)) {
			return;
		}
		Optional<DatabaseSecret> previous = secret.value("AWSPREVIOUS")
			.map(DatabaseSecret::parse)
			.filter((version) -> version.username().equals(pending.username()) && version.isForSameDatabase(current));
		if (previous.isEmpty() || !change(previous.get(), pending)) {
			throw new RotationException(
					"The database refuses '%s' with the current, the pending and the previous version"
						.formatted(pending.username()));
		}
	}

	// Changes the password with a version's credentials. Returns whether they were
	// accepted.
	private boolean change(DatabaseSecret version, DatabaseSecret pending) {
		try (Connection connection = tryLogIn(version)) {
			if (connection == null) {
				return false;
			}
			dialect().changePassword(connection, pending.username(), pending.password());
			return true;
		}
		catch (SQLException ex) {
			throw failure("Can't change the password of '%s'".formatted(pending.username()), ex);
		}
	}

}
