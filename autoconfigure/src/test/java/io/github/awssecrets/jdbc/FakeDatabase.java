package io.github.awssecrets.jdbc;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.awssecrets.credentials.Credentials;

/**
 * A database that takes some credentials, and remembers who tried to log in.
 */
final class FakeDatabase implements LoginAttempts.Login {

	final Set<Credentials> accepted = ConcurrentHashMap.newKeySet();

	final List<String> logins = Collections.synchronizedList(new ArrayList<>());

	final List<String> refused = Collections.synchronizedList(new ArrayList<>());

	volatile String refusal = "28P01";

	volatile int refusalCode;

	volatile boolean down;

	/** Called in each login, before it is answered. */
	volatile Runnable gate = () -> {
	};

	/**
	 * Change the password.
	 */
	void accept(Credentials... credentials) {
		this.accepted.clear();
		this.accepted.addAll(Set.of(credentials));
	}

	@Override
	public Connection login(Credentials credentials) throws SQLException {
		boolean taken = this.accepted.contains(credentials);
		this.gate.run();
		if (this.down) {
			throw new SQLException("Connection refused", "08001");
		}
		String version = String.join("", FakeCredentials.ids(credentials));
		if (!taken) {
			this.refused.add(version);
			throw new SQLException("password authentication failed", this.refusal, this.refusalCode);
		}
		this.logins.add(version);
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				(proxy, method, arguments) -> method.getName().equals("toString") ? "connection" : null);
	}

}
