package io.github.awssecrets.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.function.Supplier;
import java.util.logging.Logger;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

/**
 * The data source between a pool and the driver: each new connection logs in with the
 * credentials that its {@link LoginAttempts} choose, whatever the pool itself was
 * configured with. So a login that the database refuses is mended before the pool sees
 * it.
 */
final class RotatingDataSource implements DataSource {

	private final Supplier<DataSource> driver;

	private final LoginAttempts attempts;

	/**
	 * Create a data source.
	 * @param driver makes the data source of the driver; called once, at first use
	 * @param attempts choose the credentials
	 */
	RotatingDataSource(Supplier<DataSource> driver, LoginAttempts attempts) {
		this.driver = SingletonSupplier.of(driver);
		this.attempts = attempts;
	}

	private DataSource driver() {
		return this.driver.get();
	}

	@Override
	public Connection getConnection() throws SQLException {
		return this.attempts
			.login((credentials) -> driver().getConnection(credentials.username(), credentials.password()));
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return getConnection();
	}

	@Override
	public @Nullable PrintWriter getLogWriter() throws SQLException {
		return driver().getLogWriter();
	}

	@Override
	public void setLogWriter(PrintWriter out) throws SQLException {
		driver().setLogWriter(out);
	}

	@Override
	public int getLoginTimeout() throws SQLException {
		return driver().getLoginTimeout();
	}

	@Override
	public void setLoginTimeout(int seconds) throws SQLException {
		driver().setLoginTimeout(seconds);
	}

	@Override
	public Logger getParentLogger() throws SQLFeatureNotSupportedException {
		return driver().getParentLogger();
	}

	@Override
	public <T> T unwrap(Class<T> iface) throws SQLException {
		return iface.isInstance(driver()) ? iface.cast(driver()) : driver().unwrap(iface);
	}

	@Override
	public boolean isWrapperFor(Class<?> iface) throws SQLException {
		return iface.isInstance(driver()) || driver().isWrapperFor(iface);
	}

}
