package io.github.awssecrets.sample.orders;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The orders in the database. Methods throw
 * {@link org.springframework.dao.DataAccessException} where the database does not answer.
 */
@Repository
public class OrderRepository {

	private final JdbcClient jdbc;

	OrderRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Return the latest orders, at most five.
	 * @return the orders, newest first
	 */
	public List<Order> findLatest() {
		return this.jdbc.sql("SELECT id, item, quantity, ordered_on FROM sample.orders ORDER BY id DESC LIMIT 5")
			.query(Order.class)
			.list();
	}

	/**
	 * Return who the database says that we are.
	 * @return the user and the server's version
	 */
	public DatabaseSession session() {
		return this.jdbc.sql("""
				SELECT current_user AS user, current_setting('server_version') AS version, pg_backend_pid() AS process
				""").query(DatabaseSession.class).single();
	}

}
