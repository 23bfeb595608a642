package io.github.awssecrets.benchmarks;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.util.Properties;
import java.util.logging.Logger;

import org.jspecify.annotations.Nullable;

/**
 * A JDBC driver without a database: its connections are valid, and do nothing.
 */
public final class IdleDriver implements Driver {

	static final String URL = "jdbc:idle:orders";

	@Override
	public @Nullable Connection connect(String url, Properties info) {
		return acceptsURL(url) ? connection() : null;
	}

	private static Connection connection() {
		return (Connection) Proxy.newProxyInstance(IdleDriver.class.getClassLoader(),
				new Class<?>[] { Connection.class },
				(proxy, method, arguments) -> answer(method.getName(), method.getReturnType()));
	}

	private static @Nullable Object answer(String method, Class<?> type) {
		if (type == boolean.class) {
			return !method.equals("isClosed") && !method.equals("isReadOnly");
		}
		if (type == int.class) {
			return method.equals("getTransactionIsolation") ? Connection.TRANSACTION_READ_COMMITTED : 0;
		}
		return (type == String.class) ? "idle" : null;
	}

	@Override
	public boolean acceptsURL(String url) {
		return URL.equals(url);
	}

	@Override
	public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
		return new DriverPropertyInfo[0];
	}

	@Override
	public int getMajorVersion() {
		return 1;
	}

	@Override
	public int getMinorVersion() {
		return 0;
	}

	@Override
	public boolean jdbcCompliant() {
		return false;
	}

	@Override
	public Logger getParentLogger() {
		return Logger.getLogger(IdleDriver.class.getName());
	}

}
