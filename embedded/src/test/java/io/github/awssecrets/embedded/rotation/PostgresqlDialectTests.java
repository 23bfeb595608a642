package io.github.awssecrets.embedded.rotation;

import java.sql.SQLException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PostgresqlDialect}.
 */
class PostgresqlDialectTests {

	@Test
	void identifierIsQuoted() {
		assertThat(PostgresqlDialect.identifier("app")).isEqualTo("\"app\"");
		assertThat(PostgresqlDialect.identifier("App\"; DROP ROLE x; --")).isEqualTo("\"App\"\"; DROP ROLE x; --\"");
	}

	@Test
	void identifierWhenLongerThanTheServerKeepsIsRefused() {
		assertThat(PostgresqlDialect.identifier("n".repeat(63))).hasSize(65);
		assertThatExceptionOfType(RotationException.class)
			.isThrownBy(() -> PostgresqlDialect.identifier("ü".repeat(32)))
			.withMessage("PostgreSQL has no role with this name: '" + "ü".repeat(32) + "' (a name has 1 to 63 bytes)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a\0b" })
	void identifierWhenThereIsNoSuchNameIsRefused(String name) {
		assertThatExceptionOfType(RotationException.class).isThrownBy(() -> PostgresqlDialect.identifier(name));
	}

	@Test
	void literalIsQuoted() {
		assertThat(PostgresqlDialect.literal("a")).isEqualTo("'a'");
		assertThat(PostgresqlDialect.literal("a'b\"")).isEqualTo("'a''b\"'");
		assertThat(PostgresqlDialect.literal("a'\\' OR")).isEqualTo(" E'a''\\\\'' OR'");
	}

	@Test
	void literalWhenServerCannotHoldItIsRefusedWithoutIt() {
		assertThatExceptionOfType(RotationException.class).isThrownBy(() -> PostgresqlDialect.literal("hid\0den"))
			.withMessage("PostgreSQL accepts no password with the character U+0000");
	}

	@ParameterizedTest
	@CsvSource({ "28P01,true", "28000,true", "08001,false", "53300,false", "42501,false", ",false" })
	void isRefusedLoginGoesByTheState(String state, boolean refused) {
		assertThat(new PostgresqlDialect().isRefusedLogin(new SQLException("", state))).isEqualTo(refused);
	}

}
