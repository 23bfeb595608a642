package io.github.awssecrets.adopter;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;

import io.github.awssecrets.embedded.Call;
import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.embedded.junit.EmbeddedSecrets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link EmbeddedSecrets @EmbeddedSecrets} in Spring tests, by running test
 * classes from within a test.
 */
class EmbeddedSecretsIntegrationTests {

	private static final String DB = "shop/db = {\"username\":\"a\",\"password\":\"b\"}";

	private static final String PAYMENT = "shop/payment = {\"api-key\":\"one\"}";

	private static final List<SecretsServer> servers = new ArrayList<>();

	private static final List<Environment> environments = new ArrayList<>();

	private static final List<List<String>> versions = new ArrayList<>();

	private static final List<String> keys = new ArrayList<>();

	@BeforeEach
	void forget() {
		servers.clear();
		environments.clear();
		versions.clear();
		keys.clear();
	}

	@Test
	void applicationUsesServerFromItsStartAndClosesIt() {
		run(1, Dirtying.class);
		assertThat(servers.get(0).calls()).extracting(Call::operation).containsExactly("BatchGetSecretValue");
		assertClosed(servers.get(0));
	}

	@Test
	void classesWithEqualAnnotationsShareContextAndServerAsItWasAtFirst() {
		run(2, Whole.class, SameAsWhole.class);
		assertThat(environments).hasSize(2).containsOnly(environments.get(0));
		assertThat(servers).containsOnly(servers.get(0));
		assertThat(versions.get(0)).hasSize(1);
		assertThat(versions.get(1)).isEqualTo(versions.get(0));
	}

	@Test
	void rotationReachesApplicationAndIsTakenBackBeforeTheNextClass() {
		run(2, Whole.class, SameAsWhole.class);
		assertThat(keys).containsExactly("one", "rotated", "one", "rotated");
	}

	@Test
	void rotationWhenInSliceOnlyChangesTheSecret() {
		run(1, WebSlice.class);
		assertThat(keys).containsExactly("one", "one");
	}

	@Test
	void classesWithOtherSecretsOrSliceHaveServersOfTheirOwn() {
		run(4, Whole.class, Other.class, WebSlice.class, DataSlice.class);
		assertThat(servers).hasSize(4).doesNotHaveDuplicates();
		assertThat(keys).hasSize(8).contains("two");
	}

	@Test
	void annotationWhenComposedInheritedOrOfOuterClassApplies() {
		run(4, Composed.class, Inheriting.class, Outer.class);
		assertThat(keys).containsOnly("composed", "one");
		assertThat(servers).doesNotContainNull();
	}

	@Test
	void constructorThatSpringAutowiresGetsServer() {
		run(1, Autowiring.class);
		assertThat(servers).hasSize(1);
	}

	@Test
	void applicationThatDisablesSecretsUsesServer() {
		run(1, Disabled.class);
		assertThat(keys.get(0)).isEqualTo("one");
	}

	@Test
	void applicationWithServerOfItsOwnKeepsIt() {
		run(2, WithOwnServer.class, SameAsWithOwnServer.class);
		assertThat(servers).containsOnly(servers.get(0));
		assertThat(versions.get(1)).isEqualTo(versions.get(0));
	}

	@Test
	void serverIsClosedWhenApplicationDoesNotStart() {
		long before = serverThreads();
		SummaryGeneratingListener summary = execute(Failing.class);
		assertThat(summary.getSummary().getTestsFailedCount()).isOne();
		assertThat(String.valueOf(summary.getSummary().getFailures().get(0).getException().getCause()))
			.contains("No secret 'shop/db'");
		assertThat(serverThreads()).isEqualTo(before);
	}

	private static long serverThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("aws-secrets-embedded-"))
			.count();
	}

	private static void run(int tests, Class<?>... classes) {
		SummaryGeneratingListener listener = execute(classes);
		listener.getSummary().getFailures().forEach((failure) -> {
			throw new AssertionError(failure.getTestIdentifier().getDisplayName(), failure.getException());
		});
		assertThat(listener.getSummary().getTestsSucceededCount()).isEqualTo(tests);
	}

	private static SummaryGeneratingListener execute(Class<?>... classes) {
		SummaryGeneratingListener listener = new SummaryGeneratingListener();
		LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
		for (Class<?> each : classes) {
			request.selectors(DiscoverySelectors.selectClass(each));
		}
		LauncherFactory.create().execute(request.build(), listener);
		return listener;
	}

	private static void assertClosed(SecretsServer server) {
		assertThatIOException().isThrownBy(() -> server.endpoint().toURL().openStream().close());
	}

	private static void use(SecretsServer server, Environment environment) {
		assertThat(environment.getProperty("aws.secrets.endpoint")).isEqualTo(server.endpoint().toString());
		servers.add(server);
		environments.add(environment);
		versions.add(server.versionIds("shop/payment"));
		keys.add(environment.getProperty("shop.api-key"));
		server.rotate("shop/payment", "api-key", "rotated");
		keys.add(environment.getProperty("shop.api-key"));
	}

	@SpringBootTest(properties = "aws.secrets.local=classpath:secrets.yml")
	@EmbeddedSecrets({ DB, PAYMENT })
	static class Whole {

		@Test
		void test(SecretsServer server, @Autowired Environment environment) {
			use(server, environment);
		}

	}

	@SpringBootTest(properties = "aws.secrets.local=classpath:secrets.yml")
	@EmbeddedSecrets({ DB, PAYMENT })
	static class SameAsWhole {

		@Test
		void test(SecretsServer server, @Autowired Environment environment) {
			use(server, environment);
		}

	}

	@SpringBootTest
	@EmbeddedSecrets({ DB, "shop/payment = {\"api-key\":\"two\"}" })
	static class Other {

		@Test
		void test(SecretsServer server, @Autowired Environment environment) {
			use(server, environment);
		}

	}

	@WebMvcTest
	@EmbeddedSecrets({ DB, PAYMENT })
	static class WebSlice {

		@Test
		void test(SecretsServer server, @Autowired Environment environment) {
			use(server, environment);
		}

	}

	@DataJpaTest
	@EmbeddedSecrets({ DB, PAYMENT })
	static class DataSlice {

		@Test
		void test(SecretsServer server, @Autowired Environment environment) {
			use(server, environment);
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@WebMvcTest
	@EmbeddedSecrets({ DB, "shop/payment = {\"api-key\":\"composed\"}" })
	@interface ShopTest {

	}

	@ShopTest
	static class Composed {

		@Test
		void test(SecretsServer server, @Autowired Environment environment) {
			use(server, environment);
		}

	}

	static class Inheriting extends WebSlice {

	}

	@WebMvcTest
	@EmbeddedSecrets({ DB, PAYMENT })
	static class Outer {

		@Test
		void test(SecretsServer server, @Autowired Environment environment) {
			use(server, environment);
		}

		@Nested
		class Inner {

			@Test
			void test(SecretsServer server, @Autowired Environment environment) {
				use(server, environment);
				assertThat(versions.get(versions.size() - 1)).hasSize(2);
			}

		}

	}

	@WebMvcTest
	@EmbeddedSecrets({ DB, PAYMENT })
	static class Autowiring {

		private final SecretsServer server;

		private final Environment environment;

		@Autowired
		Autowiring(SecretsServer server, Environment environment) {
			this.server = server;
			this.environment = environment;
		}

		@Test
		void test() {
			use(this.server, this.environment);
		}

	}

	@WebMvcTest
	@DirtiesContext
	@EmbeddedSecrets({ DB, "shop/payment = {\"api-key\":\"dirty\"}" })
	static class Dirtying {

		@Test
		void test(SecretsServer server, @Autowired Environment environment) {
			use(server, environment);
		}

	}

	@WebMvcTest(properties = "aws.secrets.enabled=false")
	@EmbeddedSecrets({ DB, PAYMENT })
	static class Disabled {

		@Test
		void test(SecretsServer server, @Autowired Environment environment) {
			use(server, environment);
		}

	}

	@WebMvcTest
	@Import(OwnServer.class)
	@EmbeddedSecrets({ DB, PAYMENT })
	static class WithOwnServer {

		@Test
		void test(SecretsServer server, @Autowired Environment environment) {
			use(server, environment);
		}

	}

	static class SameAsWithOwnServer extends WithOwnServer {

	}

	@TestConfiguration(proxyBeanMethods = false)
	static class OwnServer {

		@Bean
		SecretsServer ownServer() {
			return SecretsServer.start();
		}

	}

	@WebMvcTest
	@EmbeddedSecrets(PAYMENT)
	static class Failing {

		@Test
		void test() {
		}

	}

}
