package io.github.awssecrets.connection;

import java.net.URI;
import java.util.Map;

import io.github.awssecrets.retrieval.AccessKey;
import io.github.awssecrets.retrieval.RetrievalSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.localstack.LocalStackContainer;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.docker.compose.lifecycle.DockerComposeProperties;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServiceConnections}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ServiceConnectionsTests {

	private static final AwsSecretsConnectionDetails DETAILS = () -> URI.create("http://localhost:4566");

	private static final URI ENDPOINT = URI.create("http://127.0.0.1:1");

	private final DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();

	private final StandardEnvironment environment = new StandardEnvironment();

	private final ServiceConnections connections = ServiceConnections.of(this.beanFactory);

	@Test
	void awaitWhenContainersMayComeWaitsUntilAllBeansAreDefined() {
		this.connections.await(this.environment, null);
		assertThat(this.connections.areAwaited()).isTrue();
		assertThat(this.connections.endComposeWait()).isFalse();
		assertThat(this.connections.areAwaited()).isTrue();
		this.connections.endWait();
		assertThat(this.connections.areAwaited()).isFalse();
	}

	@Test
	void awaitWhenContainersMayComeAndComposeHasStartedOneWaitsNoLonger() {
		this.connections.await(this.environment, null);
		define();
		assertThat(this.connections.endComposeWait()).isTrue();
		assertThat(this.connections.areAwaited()).isFalse();
	}

	@Test
	void awaitWhenOnlyComposeMayComeWaitsForIt() {
		this.beanFactory.setBeanClassLoader(new FilteredClassLoader(LocalStackContainer.class));
		this.connections.await(this.environment, null);
		assertThat(this.connections.areAwaited()).isTrue();
		assertThat(this.connections.endComposeWait()).isTrue();
		assertThat(this.connections.areAwaited()).isFalse();
	}

	@Test
	void awaitWhenComposeIsDisabledDoesNotWait() {
		this.beanFactory.setBeanClassLoader(new FilteredClassLoader(LocalStackContainer.class));
		this.environment.getPropertySources()
			.addFirst(new MapPropertySource("test", Map.of("spring.docker.compose.enabled", "false")));
		this.connections.await(this.environment, null);
		assertThat(this.connections.areAwaited()).isFalse();
	}

	@Test
	void awaitWhenNothingMayComeDoesNotWait() {
		this.beanFactory
			.setBeanClassLoader(new FilteredClassLoader(LocalStackContainer.class, DockerComposeProperties.class));
		this.connections.await(this.environment, null);
		assertThat(this.connections.areAwaited()).isFalse();
	}

	@Test
	void awaitWhenThereIsOneDoesNotWait() {
		define();
		this.connections.await(this.environment, null);
		assertThat(this.connections.areAwaited()).isFalse();
	}

	@Test
	void awaitWhenThereIsNoApplicationDoesNotWait() {
		ServiceConnections none = ServiceConnections.none();
		none.await(this.environment, null);
		assertThat(none.areAwaited()).isFalse();
		assertThat(none.applyTo(RetrievalSettings.defaults())).isEqualTo(RetrievalSettings.defaults());
	}

	@Test
	void awaitWhenEndpointIsSetAndOneComesLaterSaysThatItDoesNotCount(CapturedOutput output) {
		this.connections.await(this.environment, ENDPOINT);
		assertThat(this.connections.areAwaited()).isFalse();
		define();
		assertThat(this.connections.endComposeWait()).isFalse();
		this.connections.endWait();
		assertThatSettingsAreKept();
		assertThat(output).containsOnlyOnce(
				"Connection details 'details' are not used, as aws.secrets.endpoint is set. Remove one of them");
	}

	@Test
	void awaitWhenEndpointIsSetAndThereIsOneHeedsIt(CapturedOutput output) {
		define();
		this.connections.await(this.environment, ENDPOINT);
		this.connections.endWait();
		assertThat(this.connections.applyTo(RetrievalSettings.defaults().at(null, ENDPOINT)).endpoint())
			.isEqualTo(DETAILS.getEndpoint());
		assertThat(output).doesNotContain("Connection details");
	}

	@Test
	void awaitWhenNothingMayComeAndOneComesSaysThatItDoesNotCount(CapturedOutput output) {
		this.beanFactory
			.setBeanClassLoader(new FilteredClassLoader(LocalStackContainer.class, DockerComposeProperties.class));
		this.connections.await(this.environment, null);
		assertLateOneDoesNotCount(output);
	}

	@Test
	void endComposeWaitWhenOneComesLaterSaysThatItDoesNotCount(CapturedOutput output) {
		this.beanFactory.setBeanClassLoader(new FilteredClassLoader(LocalStackContainer.class));
		this.connections.await(this.environment, null);
		assertThat(this.connections.endComposeWait()).isTrue();
		assertLateOneDoesNotCount(output);
	}

	@Test
	void endWaitWhenAwaitedOneCameSaysNothing(CapturedOutput output) {
		this.connections.await(this.environment, null);
		define();
		this.connections.endWait();
		assertThat(this.connections.applyTo(RetrievalSettings.defaults()).endpoint()).isEqualTo(DETAILS.getEndpoint());
		assertThat(output).doesNotContain("Connection details");
	}

	private void assertLateOneDoesNotCount(CapturedOutput output) {
		define();
		this.connections.endWait();
		assertThatSettingsAreKept();
		assertThat(output).containsOnlyOnce(
				"Connection details 'details' are not used, as they were defined after secrets are retrieved. "
						+ "Register them in an ApplicationContextInitializer");
	}

	private void assertThatSettingsAreKept() {
		RetrievalSettings settings = RetrievalSettings.defaults();
		assertThat(this.connections.applyTo(settings)).isSameAs(settings);
	}

	@Test
	void applyToWhenThereIsNoneKeepsSettings() {
		RetrievalSettings settings = RetrievalSettings.defaults().as("dev", null);
		assertThat(this.connections.applyTo(settings)).isSameAs(settings);
	}

	@Test
	void applyToWhenThereIsOneLeavesNothingThatLeadsToAws() {
		define();
		RetrievalSettings settings = RetrievalSettings.defaults()
			.at("eu-west-1", null)
			.as("dev", "arn:aws:iam::123456789012:role/orders");
		assertThat(this.connections.applyTo(settings)).isEqualTo(RetrievalSettings.defaults()
			.to(URI.create("http://localhost:4566"), "eu-west-1", new AccessKey("test", "test")));
	}

	private void define() {
		this.beanFactory.registerBeanDefinition("details",
				new RootBeanDefinition(AwsSecretsConnectionDetails.class, () -> DETAILS));
	}

}
