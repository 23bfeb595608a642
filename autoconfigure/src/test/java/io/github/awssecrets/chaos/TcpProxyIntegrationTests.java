package io.github.awssecrets.chaos;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.awssecrets.chaos.TcpProxy.Mode;
import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.AccessKey;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.retrieval.RetrievalReport;
import io.github.awssecrets.retrieval.RetrievalSettings;
import io.github.awssecrets.retrieval.SecretRetrieval;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the retrieval behind a {@link TcpProxy}, and of the proxy.
 */
@Timeout(60)
class TcpProxyIntegrationTests {

	private static final SecretSelector ONE = SecretSelector.current(new SecretId("chaos/one"));

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private final SecretsServer server = SecretsServer.start();

	private TcpProxy proxy;

	@BeforeEach
	void start() throws Exception {
		this.proxy = TcpProxy.to(this.server.port());
		this.server.create("chaos/one", Canary.value("chaos/one", 1));
	}

	@AfterEach
	void close() {
		this.proxy.close();
		this.server.close();
		assertThat(this.proxy.threads()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "TRICKLE, TIMED_OUT, TIMED_OUT", "RESET, CONNECTION_LOST, CONNECTION_LOST",
			"HALF_OPEN, MALFORMED_ANSWER, NO_VALUE", "BLACK_HOLE, TIMED_OUT, TIMED_OUT" })
	void retrieveWhenBytesAreDisturbedNamesTheCauseInTimeAndRecovers(Mode mode, Cause cause, Cause orElse) {
		try (SecretRetrieval retrieval = retrieval(this.proxy.endpoint())) {
			this.proxy.mode(mode);
			long begin = System.nanoTime();
			RetrievalReport report = retrieval.retrieve(Set.of(ONE), TIMEOUT);
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(TIMEOUT.plusSeconds(8));
			assertThat(report.outcome(ONE)).isInstanceOfSatisfying(RetrievalFailure.class, (failure) -> {
				assertThat(failure.cause()).isIn(cause, orElse, Cause.CONNECTION_LOST);
				assertThat(failure.id()).isEqualTo(ONE.id());
			});
			this.proxy.mode(Mode.PASS);
			assertThat(retrieval.retrieve(Set.of(ONE), Duration.ofSeconds(30)).versions()).hasSize(1);
		}
	}

	@Test
	void retrieveWhenBytesAreLateWaitsForThem() {
		try (SecretRetrieval retrieval = retrieval(this.proxy.endpoint())) {
			this.proxy.mode(Mode.DELAY);
			long begin = System.nanoTime();
			assertThat(retrieval.retrieve(Set.of(ONE), Duration.ofSeconds(30)).versions()).hasSize(1);
			assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)).isGreaterThanOrEqualTo(200);
			assertThat(this.proxy.accepted()).isPositive();
		}
	}

	private static SecretRetrieval retrieval(URI endpoint) {
		return SecretRetrieval
			.aws(RetrievalSettings.defaults().to(endpoint, "eu-west-1", new AccessKey("chaos", "chaos")), List.of());
	}

}
