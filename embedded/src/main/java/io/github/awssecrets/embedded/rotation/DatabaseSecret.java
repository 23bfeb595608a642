package io.github.awssecrets.embedded.rotation;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of a database secret: {@code username}, {@code password}, and what else there
 * is, such as {@code engine}, {@code host}, {@code port}, {@code dbname} and
 * {@code masterarn}. Immutable; it shows no value.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html">JSON
 * structure of secrets</a>
 */
public final class DatabaseSecret {

	private static final String USERNAME = "username";

	private static final String PASSWORD = "password";

	/**
	 * What says which database it is.
	 */
	private static final Set<String> DATABASE = Set.of("engine", "host", "port");

	private static final JsonMapper MAPPER = new JsonMapper();

	private final ObjectNode json;

	private DatabaseSecret(ObjectNode json) {
		this.json = json;
	}

	/**
	 * Reads a secret.
	 * @param text the JSON
	 * @return the secret
	 * @throws RotationException if it is not a JSON object with {@code username} and
	 * {@code password}
	 */
	public static DatabaseSecret parse(String text) {
		try {
			if (MAPPER.readTree(text) instanceof ObjectNode json) {
				require(json, USERNAME);
				require(json, PASSWORD);
				return new DatabaseSecret(json);
			}
		}
		catch (JacksonException ex) {
			// Its message quotes the text
		}
		throw new RotationException("The secret is not a JSON object");
	}

	private static void require(ObjectNode json, String key) {
		if (!json.path(key).isString() || json.path(key).stringValue().isEmpty()) {
			throw new RotationException("The secret has no text for the key '" + key + "'");
		}
	}

	/**
	 * The user name.
	 * @return the user name
	 */
	public String username() {
		return this.json.path(USERNAME).stringValue();
	}

	/**
	 * The password.
	 * @return the password
	 */
	public String password() {
		return this.json.path(PASSWORD).stringValue();
	}

	/**
	 * The value of any key: a text, or the JSON of something else.
	 * @param key the key
	 * @return the value; empty if there is none, or it is {@code null}
	 */
	public Optional<String> get(String key) {
		JsonNode value = this.json.path(key);
		if (value.isMissingNode() || value.isNull()) {
			return Optional.empty();
		}
		return Optional.of(value.isString() ? value.stringValue() : value.toString());
	}

	/**
	 * This secret with other credentials.
	 * @param username the user name
	 * @param password the password
	 * @return the other secret
	 */
	public DatabaseSecret with(String username, String password) {
		return new DatabaseSecret(this.json.deepCopy().put(USERNAME, username).put(PASSWORD, password));
	}

	// Whether both are for the same database, as far as they say.
	boolean isForSameDatabase(DatabaseSecret other) {
		return DATABASE.stream().allMatch((key) -> Objects.equals(get(key), other.get(key)));
	}

	/**
	 * The JSON, which holds the password.
	 * @return the text
	 */
	public String toJson() {
		return this.json.toString();
	}

	@Override
	public String toString() {
		return "DatabaseSecret[hidden]";
	}

}
