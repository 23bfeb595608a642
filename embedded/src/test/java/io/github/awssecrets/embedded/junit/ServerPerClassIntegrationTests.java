package io.github.awssecrets.embedded.junit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

import io.github.awssecrets.embedded.SecretsServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests that {@link SecretsServerExtension} gives each test class a server of its own and
 * closes it, by running test classes from within a test.
 */
class ServerPerClassIntegrationTests {

	private static final List<SecretsServer> used = new ArrayList<>();

	@BeforeEach
	void forget() {
		used.clear();
	}

	@ParameterizedTest
	@ValueSource(classes = { AsField.class, AsParameter.class })
	void serverIsClosedAfterTheClassAndNewForTheNext(Class<?> testClass) {
		run(testClass, 3);
		run(testClass, 3);
		assertThat(used).hasSize(6);
		assertThat(used.subList(0, 3)).containsOnly(used.get(0));
		assertThat(used.subList(3, 6)).containsOnly(used.get(3)).doesNotContain(used.get(0));
		assertThat(used).allSatisfy(ServerPerClassIntegrationTests::assertClosed);
	}

	@Test
	void serverIsNewForEachTestWhereTheFieldIsNotStatic() {
		run(AsInstanceField.class, 2);
		assertThat(used).hasSize(2).doesNotHaveDuplicates().allSatisfy(ServerPerClassIntegrationTests::assertClosed);
	}

	private static void run(Class<?> testClass, int tests) {
		SummaryGeneratingListener listener = new SummaryGeneratingListener();
		LauncherFactory.create()
			.execute(LauncherDiscoveryRequestBuilder.request()
				.selectors(DiscoverySelectors.selectClass(testClass))
				.build(), listener);
		assertThat(listener.getSummary().getFailures()).isEmpty();
		assertThat(listener.getSummary().getTestsSucceededCount()).isEqualTo(tests);
	}

	private static void assertClosed(SecretsServer server) {
		assertThatIOException().isThrownBy(() -> connect(server.port()));
	}

	private static void connect(int port) throws IOException {
		new Socket(InetAddress.getLoopbackAddress(), port).close();
	}

	private static void use(SecretsServer server) {
		used.add(server);
		server.create("left/behind-" + used.size(), "x");
	}

	static class AsField {

		@RegisterExtension
		static final SecretsServerExtension secrets = SecretsServerExtension.withSecrets("a = x");

		@Test
		void one() {
			use(secrets.server());
		}

		@Test
		void two(SecretsServer server) {
			use(server);
		}

		@Nested
		class Inner {

			@Test
			void three() {
				use(secrets.server());
			}

		}

	}

	@ExtendWith(SecretsServerExtension.class)
	static class AsParameter {

		@Test
		void one(SecretsServer server) {
			use(server);
		}

		@Test
		void two(SecretsServer server) {
			use(server);
		}

		@Nested
		class Inner {

			@Test
			void three(SecretsServer server) {
				use(server);
			}

		}

	}

	static class AsInstanceField {

		@RegisterExtension
		final SecretsServerExtension secrets = SecretsServerExtension.withSecrets("a = x");

		@Test
		void one() {
			use(this.secrets.server());
		}

		@Test
		void two() {
			use(this.secrets.server());
		}

	}

}
