package io.github.awssecrets.sample.demo;

import java.util.Map;
import java.util.function.Supplier;

import tools.jackson.databind.json.JsonMapper;

/**
 * The secrets that {@code application.yml} refers to, as the embedded Secrets Manager is
 * given them.
 */
final class DemoSecrets {

	static final String DATABASE = "prod/db";

	static final String PARTNER_TOKEN = "prod/partner-token";

	/** The secret of the page's certificate, with the profile {@code https}. */
	static final String CERTIFICATE = "dev/tls";

	private static final JsonMapper JSON = new JsonMapper();

	private DemoSecrets() {
	}

	/**
	 * Return the secrets for a database.
	 * @param stage the environment that the payment secret is for, as in {@code app.env}
	 * @param database the database whose owner the sample logs in as
	 * @param values gives a new random value each time
	 * @return the content by secret id
	 */
	static Map<String, String> of(String stage, EmbeddedDatabase database, Supplier<String> values) {
		return Map.of(DATABASE, database(database), payment(stage), payment(1, values), PARTNER_TOKEN, values.get());
	}

	/**
	 * Return the name of the payment secret.
	 * @param stage the environment that it is for
	 * @return the secret id
	 */
	static String payment(String stage) {
		return stage + "/payment";
	}

	/**
	 * Return what has to exist where the sample does not bring its own secrets.
	 * @param stage the environment that the payment secret is for, as in {@code app.env}
	 * @return secret ids and keys, for a log line
	 */
	static String expected(String stage) {
		return "prod/db (host, port, dbname, username, password), " + stage
				+ "/payment (api-key, key-id, webhook.key, merchant.id), prod/partner-token (text)";
	}

	/**
	 * Return a database secret in the form that Amazon RDS gives it.
	 * @param database the database
	 * @return the text of a JSON object
	 */
	private static String database(EmbeddedDatabase database) {
		return JSON.writeValueAsString(
				Map.of("engine", "postgres", "host", EmbeddedDatabase.HOST, "port", database.port(), "dbname",
						EmbeddedDatabase.NAME, "username", EmbeddedDatabase.USERNAME, "password", database.password()));
	}

	/**
	 * Return a payment secret: a key, and what the provider calls it, which is not
	 * confidential.
	 * @param number the number of the key
	 * @param values gives a new random value each time
	 * @return the text of a JSON object
	 */
	static String payment(int number, Supplier<String> values) {
		return JSON.writeValueAsString(Map.of("api-key", values.get(), "key-id", "key-" + number, "webhook.key",
				values.get(), "merchant", Map.of("id", values.get())));
	}

}
