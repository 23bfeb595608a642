package io.github.awssecrets.retrieval;

import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RetrievalSettings} and {@link Loopback}.
 */
class RetrievalSettingsTests {

	private static final RetrievalSettings DEFAULTS = RetrievalSettings.defaults();

	private static RetrievalSettings at(@Nullable String endpoint) {
		return DEFAULTS.at("eu-west-1", (endpoint != null) ? URI.create(endpoint) : null);
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost:4566", "ftp://localhost", "/path", "http:///x", "http://bad_host" })
	void createWhenEndpointCannotWorkThrows(String endpoint) {
		assertThatIllegalArgumentException().isThrownBy(() -> at(endpoint)).withMessageContaining("http or https");
	}

	@Test
	void createWhenFipsAndEndpointThrows() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new RetrievalSettings(null, URI.create("http://localhost"), null, null, true, false,
					Duration.ofSeconds(1), Duration.ofSeconds(1)))
			.withMessageContaining("FIPS");
	}

	@ParameterizedTest
	@ValueSource(strings = { "orders", "arn:aws:iam::123456789012:user/orders", "arn:aws:iam::1:role/x", "" })
	void createWhenRoleIsNoArnOfARoleThrows(String role) {
		assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.as(null, role)).withMessageContaining("role");
	}

	@Test
	void createWhenTimeoutIsNotPositiveThrows() {
		assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.within(Duration.ZERO, Duration.ofSeconds(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.within(Duration.ofSeconds(1), Duration.ZERO));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:1", "https://LOCALHOST", "http://aws.localhost:4566",
			"http://127.0.0.1:1", "http://127.1.2.3", "http://[::1]:4566", "http://[0:0:0:0:0:0:0:1]" })
	void isLoopbackWhenHostIsThisMachine(String endpoint) {
		assertThat(Loopback.isEndpoint(at(endpoint))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost.example.com", "http://127.0.0.1.example.com", "http://10.0.0.1",
			"https://notlocalhost", "http://[::2]", "https://secretsmanager.eu-west-1.amazonaws.com" })
	void isLoopbackWhenHostIsAnother(String endpoint) {
		assertThat(Loopback.isEndpoint(at(endpoint))).isFalse();
		assertThat(Loopback.isEndpoint(DEFAULTS)).isFalse();
	}

}
