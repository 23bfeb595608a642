package io.github.awssecrets.jdbc;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.DatabaseDriver;

/**
 * Knows what the errors of a database mean. Beans of this type are asked in order before
 * the starter's own lists.
 */
@FunctionalInterface
public interface LoginFailureClassifier {

	/**
	 * Say what the error of a login means.
	 * @param database the database, as its JDBC URL tells it
	 * @param failure the error, or one of its causes
	 * @return what it means, or {@code null} if this classifier does not know it
	 */
	@Nullable LoginFailure classify(DatabaseDriver database, SQLException failure);

}
