package io.github.awssecrets.testing;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LocalStack}, as far as they need no Docker.
 */
class LocalStackTests {

	@Test
	void environmentWhenThereIsATokenHasIt() {
		String token = Canary.value("localstack", 1);
		assertThat(Map.of("LOCALSTACK_AUTH_TOKEN", token).equals(LocalStack.environment(token))).isTrue();
	}

	@ParameterizedTest
	@NullAndEmptySource
	void environmentWhenThereIsNoTokenIsEmpty(@Nullable String token) {
		assertThat(LocalStack.environment(token)).isEmpty();
	}

	@Test
	void absenceWhenDockerIsThereIsNone() {
		assertThat(LocalStack.absence(() -> true)).isNull();
	}

	@Test
	void absenceWhenDockerIsNotThereOrFailsIsTheReason() {
		assertThat(LocalStack.absence(() -> false)).isEqualTo("no Docker");
		assertThat(LocalStack.absence(() -> {
			throw new NoClassDefFoundError("broken");
		})).isEqualTo("no Docker (NoClassDefFoundError)");
	}

}
