package io.github.awssecrets.jdbc;

import java.util.regex.Pattern;

import io.github.awssecrets.reference.KeyResult;
import io.github.awssecrets.reference.KeySelector;
import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.snapshot.SecretSnapshots;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * Where a database is and how to log in, as one secret says it, in the form of those of
 * RDS.
 */
public final class SecretJdbcConnectionDetails implements JdbcConnectionDetails {

	private static final Pattern HOST = Pattern.compile("[\\w.:\\[\\]%-]{1,255}");

	private static final Pattern PORT = Pattern.compile("[1-9]\\d{0,4}");

	private final SecretSnapshots snapshots;

	private final SecretSelector secret;

	private final String url;

	/**
	 * Create details.
	 * @param snapshots the secrets
	 * @param secret the secret
	 * @throws JdbcSecretException if the secret does not say where the database is
	 */
	public SecretJdbcConnectionDetails(SecretSnapshots snapshots, SecretSelector secret) {
		this.snapshots = snapshots;
		this.secret = secret;
		this.url = url(content());
	}

	/**
	 * Return the secret.
	 * @return what references would ask for
	 */
	SecretSelector secret() {
		return this.secret;
	}

	@Override
	public String getUsername() {
		return required(content(), "username");
	}

	@Override
	public String getPassword() {
		return required(content(), "password");
	}

	@Override
	public String getJdbcUrl() {
		return this.url;
	}

	private SecretContent content() {
		if (this.snapshots.outcome(this.secret) instanceof SecretVersion version) {
			return version.content();
		}
		throw problem("%s could not be retrieved.".formatted(this.secret.id()), "See the log for the cause.");
	}

	private String url(SecretContent content) {
		String name = required(content, "engine");
		DatabaseEngine engine = DatabaseEngine.find(name);
		if (engine == null) {
			throw problem("%s names an engine that is not known.".formatted(this.secret.id()),
					"Known are: %s. For another one set spring.datasource.url, remove aws.secrets.jdbc.secret, and name the secret in aws.secrets.jdbc.data-sources.dataSource."
						.formatted(DatabaseEngine.known()));
		}
		String host = required(content, "host");
		String port = optional(content, "port");
		int number = (port != null) ? number(port) : engine.defaultPort();
		if (!HOST.matcher(host).matches() || number < 1 || number > 65_535) {
			throw problem(
					"%s has no valid %s.".formatted(this.secret.id(),
							HOST.matcher(host).matches() ? "port: it is a number up to 65535" : "host"),
					"Correct the secret.");
		}
		String database = engine.needsName() ? required(content, "dbname") : optional(content, "dbname");
		return engine.url(host, number, (database != null) ? database : "");
	}

	private static int number(String port) {
		return PORT.matcher(port).matches() ? Integer.parseInt(port) : 0;
	}

	private String required(SecretContent content, String key) {
		String value = optional(content, key);
		if (value == null || value.isEmpty()) {
			String keys = content.keys().isEmpty() ? "It has no keys"
					: "Its keys: " + String.join(", ", content.keys());
			throw problem("%s has no key '%s'. %s.".formatted(this.secret.id(), key, keys),
					"Add the key to the secret, or set spring.datasource.url, remove aws.secrets.jdbc.secret, and name the secret in aws.secrets.jdbc.data-sources.dataSource.");
		}
		return value;
	}

	private static @Nullable String optional(SecretContent content, String key) {
		return (content.find(new KeySelector.Exact(key)) instanceof KeyResult.Found found) ? found.value() : null;
	}

	private JdbcSecretException problem(String description, String action) {
		return new JdbcSecretException(this.secret.id().value(), description, action);
	}

}
