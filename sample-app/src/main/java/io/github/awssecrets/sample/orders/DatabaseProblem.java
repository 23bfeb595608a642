package io.github.awssecrets.sample.orders;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;

/**
 * A failure of the database in words of our own: a driver's message may hold what the
 * driver was given.
 */
public final class DatabaseProblem {

	private DatabaseProblem() {
	}

	/**
	 * Describe a failure.
	 * @param failure what the database access threw
	 * @return one sentence, with the SQLState if there is one
	 */
	public static String describe(DataAccessException failure) {
		String state = stateOf(failure);
		if (state == null) {
			return "The database does not answer.";
		}
		return switch (state) {
			case "28P01", "28000" -> "The database refused the login (SQLState " + state + ").";
			default -> "The database does not answer (SQLState " + state + ").";
		};
	}

	private static @Nullable String stateOf(DataAccessException failure) {
		String state = null;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException exception && exception.getSQLState() != null) {
				state = exception.getSQLState();
			}
		}
		return state;
	}

}
