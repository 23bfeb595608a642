package io.github.awssecrets.jdbc;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A database that a secret of RDS can name as its engine.
 */
enum DatabaseEngine {

	POSTGRESQL("jdbc:postgresql://%s:%d/%s", 5432, true, "postgres", "postgresql", "aurora-postgresql"),

	MYSQL("jdbc:mysql://%s:%d/%s", 3306, false, "mysql", "aurora-mysql", "aurora"),

	MARIADB("jdbc:mariadb://%s:%d/%s", 3306, false, "mariadb"),

	ORACLE("jdbc:oracle:thin:@//%s:%d/%s", 1521, true, "oracle", "oracle-ee", "oracle-se2", "oracle-ee-cdb",
			"oracle-se2-cdb"),

	SQLSERVER("jdbc:sqlserver://%s:%d;databaseName=%s", 1433, false, "sqlserver", "sqlserver-ee", "sqlserver-se",
			"sqlserver-ex", "sqlserver-web"),

	DB2("jdbc:db2://%s:%d/%s", 50000, true, "db2", "db2-ae", "db2-se"),

	REDSHIFT("jdbc:redshift://%s:%d/%s", 5439, true, "redshift");

	private static final String SEPARATOR = ", ";

	private final String url;

	private final int port;

	private final boolean needsName;

	private final String names;

	DatabaseEngine(String url, int port, boolean needsName, String... names) {
		this.url = url;
		this.port = port;
		this.needsName = needsName;
		this.names = String.join(SEPARATOR, names);
	}

	/**
	 * Find an engine.
	 * @param name the name in a secret
	 * @return the engine, or {@code null} if it is not known
	 */
	static @Nullable DatabaseEngine find(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		return Arrays.stream(values())
			.filter((engine) -> Set.of(engine.names.split(SEPARATOR)).contains(lower))
			.findFirst()
			.orElse(null);
	}

	/**
	 * Return the names of all engines.
	 * @return the names, for people
	 */
	static String known() {
		return Arrays.stream(values()).map((engine) -> engine.names).collect(Collectors.joining(SEPARATOR));
	}

	int defaultPort() {
		return this.port;
	}

	/**
	 * Return whether a URL without the name of a database says too little.
	 * @return whether the name is needed
	 */
	boolean needsName() {
		return this.needsName;
	}

	/**
	 * Return the JDBC URL of a database.
	 * @param host the host, valid
	 * @param port the port
	 * @param name the name of the database; text, never part of the URL's syntax
	 * @return the URL
	 */
	String url(String host, int port, String name) {
		String address = (host.contains(":") && !host.startsWith("[")) ? "[" + host + "]" : host;
		String database = (this == SQLSERVER) ? "{" + name.replace("}", "}}") + "}"
				: URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
		String text = this.url.formatted(address, port, database);
		return (this == SQLSERVER && name.isEmpty()) ? text.substring(0, text.indexOf(';')) : text;
	}

}
