package io.github.awssecrets.embedded.rotation;

import java.sql.Connection;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * Rotates between two database users, of which the second is named like the first and
 * {@value #SUFFIX}, and created by the first rotation with what the first may do. A
 * superuser changes the password of the one that isn't current, so the database accepts
 * the current version all the time. Objects that a clone creates are its own.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotation-strategy.html">Rotation
 * strategies</a>
 */
public final class AlternatingUsersRotator extends AbstractDatabaseRotator {

	/**
	 * What the name of the second user ends with.
	 */
	public static final String SUFFIX = "_clone";

	private final @Nullable String superuserSecret;

	/**
	 * Creates a rotator for secrets that name the superuser's secret by their key
	 * {@code masterarn}.
	 * @param dialect the dialect of the database
	 * @param connections opens connections
	 */
	public AlternatingUsersRotator(SqlDialect dialect, ConnectionFactory connections) {
		super(dialect, connections);
		this.superuserSecret = null;
	}

	/**
	 * Creates a rotator.
	 * @param dialect the dialect of the database
	 * @param connections opens connections
	 * @param superuserSecret the name or ARN of the superuser's secret, which is in the
	 * same Region and has {@code username} and {@code password}
	 */
	public AlternatingUsersRotator(SqlDialect dialect, ConnectionFactory connections, String superuserSecret) {
		super(dialect, connections);
		this.superuserSecret = superuserSecret;
	}

	@Override
	String nextUser(String username) {
		return username.endsWith(SUFFIX) ? username.substring(0, username.length() - SUFFIX.length())
				: username + SUFFIX;
	}

	@Override
	void setPassword(RotatingSecret secret, DatabaseSecret current, DatabaseSecret pending) {
		// A secret whose credentials are wrong may not have those of others changed
		if (!isAccepted(current)) {
			throw new RotationException(
					"The database refuses '%s' with the current version".formatted(current.username()));
		}
		try (Connection connection = logIn(superuser(secret, current))) {
			if (dialect().exists(connection, pending.username())) {
				dialect().changePassword(connection, pending.username(), pending.password());
			}
			else {
				dialect().createLike(connection, pending.username(), pending.password(), current.username());
			}
		}
		catch (SQLException ex) {
			throw failure("Can't set the password of '%s'".formatted(pending.username()), ex);
		}
	}

	private DatabaseSecret superuser(RotatingSecret secret, DatabaseSecret current) {
		String id = (this.superuserSecret != null) ? this.superuserSecret
				: current.get("masterarn")
					.orElseThrow(() -> new RotationException(
							"The secret has no key 'masterarn', and the rotator was not given a superuser's secret"));
		DatabaseSecret superuser = DatabaseSecret.parse(secret.otherSecret(id));
		return current.with(superuser.username(), superuser.password());
	}

}
