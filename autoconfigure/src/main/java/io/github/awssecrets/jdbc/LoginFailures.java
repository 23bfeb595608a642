package io.github.awssecrets.jdbc;

import java.sql.SQLException;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.util.StringUtils;

/**
 * Tells failures of a login that have to do with credentials from all others.
 */
final class LoginFailures {

	private static final int LONGEST_CHAIN = 10;

	/*
	 * What stands before the name of the database in the URLs of drivers around drivers
	 */
	private static final List<String> AROUND = List.of("aws-wrapper:", "p6spy:", "log4jdbc:", "otel:");

	private final DatabaseDriver database;

	private final List<LoginFailureClassifier> classifiers;

	private LoginFailures(DatabaseDriver database, List<LoginFailureClassifier> classifiers) {
		this.database = database;
		this.classifiers = List.copyOf(classifiers);
	}

	/**
	 * Return an instance for a database.
	 * @param url the JDBC URL, or {@code null} if it is not known
	 * @param classifiers are asked first
	 * @return the instance
	 */
	static LoginFailures of(@Nullable String url, List<LoginFailureClassifier> classifiers) {
		String direct = StringUtils.hasLength(url) ? url : "";
		for (String driver : AROUND) {
			direct = direct.startsWith("jdbc:" + driver) ? "jdbc:" + direct.substring(("jdbc:" + driver).length())
					: direct;
		}
		boolean known = direct.startsWith("jdbc:");
		return new LoginFailures(known ? DatabaseDriver.fromJdbcUrl(direct) : DatabaseDriver.UNKNOWN, classifiers);
	}

	/**
	 * Say what a failure means.
	 * @param failure what the driver threw
	 * @return what it means, or {@code null} if it has nothing to do with credentials
	 */
	@Nullable LoginFailure classify(SQLException failure) {
		Throwable cause = failure;
		for (int i = 0; i < LONGEST_CHAIN && cause != null; i++) {
			LoginFailure result = (cause instanceof SQLException exception) ? classifyOne(exception) : null;
			if (result != null) {
				return result;
			}
			cause = cause.getCause();
		}
		return null;
	}

	private @Nullable LoginFailure classifyOne(SQLException failure) {
		for (LoginFailureClassifier classifier : this.classifiers) {
			LoginFailure result = classifier.classify(this.database, failure);
			if (result != null) {
				return result;
			}
		}
		return DatabaseErrors.of(this.database).classify(failure);
	}

}
