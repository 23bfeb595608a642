package io.github.awssecrets.embedded.rotation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link DatabaseSecret}.
 */
class DatabaseSecretTests {

	private static final String JSON = """
			{"engine":"postgres","host":"db","port":5432,"username":"app","password":"hidden","tls":null}""";

	@Test
	void parseReadsTextsNumbersAndNull() {
		DatabaseSecret secret = DatabaseSecret.parse(JSON);
		assertThat(secret.username()).isEqualTo("app");
		assertThat(secret.password()).isEqualTo("hidden");
		assertThat(secret.get("port")).contains("5432");
		assertThat(secret.get("tls")).isEmpty();
		assertThat(secret.get("dbname")).isEmpty();
		assertThat(secret).hasToString("DatabaseSecret[hidden]");
	}

	@Test
	void withChangesTheCredentialsOnly() {
		DatabaseSecret secret = DatabaseSecret.parse(JSON);
		DatabaseSecret other = secret.with("app_clone", "q\"uote");
		assertThat(other.toJson()).isEqualTo(JSON.replace("\"app\"", "\"app_clone\"").replace("hidden", "q\\\"uote"));
		assertThat(secret.toJson()).isEqualTo(JSON);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			hidden                               | The secret is not a JSON object
			["hidden"]                           | The secret is not a JSON object
			{"password":"hidden"}                | The secret has no text for the key 'username'
			{"username":"app"}                   | The secret has no text for the key 'password'
			{"username":"app","password":""}     | The secret has no text for the key 'password'
			{"username":["hidden"],"password":1} | The secret has no text for the key 'username'
			""")
	void parseWhenNotOfDatabaseSaysWhyWithoutTheText(String text, String message) {
		assertThatExceptionOfType(RotationException.class).isThrownBy(() -> DatabaseSecret.parse(text))
			.withMessage(message)
			.withNoCause();
	}

	@Test
	void isForSameDatabaseGoesByWhatSaysWhichItIs() {
		DatabaseSecret secret = DatabaseSecret.parse(JSON);
		assertThat(secret.isForSameDatabase(DatabaseSecret.parse(JSON.replace("\"app\"", "\"other\"")))).isTrue();
		assertThat(secret.isForSameDatabase(DatabaseSecret.parse(JSON.replace("5432", "\"5432\"")))).isTrue();
		assertThat(secret.isForSameDatabase(DatabaseSecret.parse(JSON.replace("5432", "5433")))).isFalse();
		assertThat(secret.isForSameDatabase(DatabaseSecret.parse(JSON.replace("\"db\"", "\"db2\"")))).isFalse();
	}

}
