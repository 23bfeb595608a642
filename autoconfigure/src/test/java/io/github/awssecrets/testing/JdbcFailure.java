package io.github.awssecrets.testing;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Something that failed under a {@link JdbcLoad}. What PostgreSQL itself has done is told
 * from all else by the SQLStates of the exception and its causes. HikariCP's time-outs
 * have the last failure of a login as their cause, so that one without is ours.
 *
 * @param step what failed
 * @param exception the exception
 */
public record JdbcFailure(Step step, SQLException exception) {

	/** The database is shutting down, ended the session, or is starting up. */
	private static final Set<String> ABSENT = Set.of("57P01", "57P02", "57P03");

	private static final String REFUSED = "28P01";

	/**
	 * Return whether the database was not there, or ended the session.
	 * @return whether there was no connection to it
	 */
	public boolean isDisconnected() {
		return states().stream().anyMatch((state) -> ABSENT.contains(state) || state.startsWith("08"));
	}

	/**
	 * Return whether the database refused the credentials.
	 * @return whether a login was refused
	 */
	public boolean isRefused() {
		return states().contains(REFUSED);
	}

	private List<String> states() {
		List<String> states = new ArrayList<>();
		for (Throwable cause = this.exception; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException failure && failure.getSQLState() != null) {
				states.add(failure.getSQLState());
			}
		}
		return states;
	}

	@Override
	public String toString() {
		Throwable cause = this.exception.getCause();
		return "%s %s: %s%s".formatted(this.step, states(), this.exception.getMessage(),
				(cause != null) ? ", caused by " + cause : "");
	}

	/**
	 * What a load does.
	 */
	public enum Step {

		/** Borrow a connection. */
		BORROW,

		/** Execute a statement. */
		STATEMENT,

		/** Commit a transaction. */
		COMMIT

	}

}
