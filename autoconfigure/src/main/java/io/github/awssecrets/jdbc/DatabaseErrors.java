package io.github.awssecrets.jdbc;

import java.sql.SQLException;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.DatabaseDriver;

/**
 * The errors with which a database answers a login. SQLState and vendor code are lists
 * apart: vendor code 28000 is a locked account of Oracle and a wrong password of H2, and
 * neither has to do with SQLState 28000.
 *
 * @param refusedStates SQLStates of wrong credentials
 * @param refusedCodes vendor codes of wrong credentials
 * @param lockedCodes vendor codes of accounts that are locked or expired
 */
record DatabaseErrors(Set<String> refusedStates, Set<Integer> refusedCodes, Set<Integer> lockedCodes) {

	/* NOLOGIN of PostgreSQL is 28000 too */
	private static final DatabaseErrors POSTGRESQL = new DatabaseErrors(Set.of("28P01", "28000"), Set.of(), Set.of());

	private static final DatabaseErrors MYSQL = new DatabaseErrors(Set.of("28000"), Set.of(1045, 1698),
			Set.of(1820, 1862, 3118, 3955, 4150, 4151));

	/* Its SQLStates do not tell these apart */
	private static final DatabaseErrors ORACLE = new DatabaseErrors(Set.of(), Set.of(1005, 1017), Set.of(28000, 28001));

	private static final DatabaseErrors SQLSERVER = new DatabaseErrors(Set.of(), Set.of(18456),
			Set.of(18470, 18486, 18487, 18488));

	private static final DatabaseErrors DB2 = new DatabaseErrors(Set.of("28000"), Set.of(-4214), Set.of());

	private static final DatabaseErrors H2 = new DatabaseErrors(Set.of("28000"), Set.of(28000), Set.of());

	private static final DatabaseErrors OTHER = new DatabaseErrors(Set.of("28P01", "28000"), Set.of(), Set.of());

	static DatabaseErrors of(DatabaseDriver database) {
		return switch (database) {
			case POSTGRESQL, REDSHIFT -> POSTGRESQL;
			case MYSQL, MARIADB -> MYSQL;
			case ORACLE -> ORACLE;
			case SQLSERVER -> SQLSERVER;
			case DB2, DB2_AS400 -> DB2;
			case H2 -> H2;
			default -> OTHER;
		};
	}

	@Nullable LoginFailure classify(SQLException failure) {
		if (this.lockedCodes.contains(failure.getErrorCode())) {
			return LoginFailure.LOCKED;
		}
		String state = failure.getSQLState();
		boolean refused = this.refusedCodes.contains(failure.getErrorCode())
				|| (state != null && this.refusedStates.contains(state));
		return refused ? LoginFailure.REFUSED : null;
	}

}
