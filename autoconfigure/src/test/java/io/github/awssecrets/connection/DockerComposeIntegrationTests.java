package io.github.awssecrets.connection;

import java.lang.reflect.Constructor;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.awssecrets.embedded.Call;
import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.localstack.LocalStackContainer;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.lifecycle.DockerComposeServicesReadyEvent;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of services of Docker Compose, which are running before configuration classes are
 * processed. What they would do is done by the event that Boot publishes then.
 */
@ExtendWith(OutputCaptureExtension.class)
class DockerComposeIntegrationTests {

	private static final SecretsServer server = SecretsServer.start();

	@TempDir
	private Path directory;

	@AfterAll
	static void stop() {
		server.close();
	}

	@BeforeEach
	void reset() {
		server.reset();
		server.create("prod/token", Canary.value("prod/token", 1));
		server.create("prod/flag", "on");
	}

	@Test
	void referencesWhenServiceIsLocalStackAreAnsweredByIt() {
		assertReads(new Service("localstack/localstack:4.14.0", 4566));
	}

	@Test
	void referencesWhenServiceIsLocalStackProAreAnsweredByIt() {
		assertReads(new Service("localstack/localstack-pro:4.14.0", 4566));
	}

	@Test
	void referencesWhenLabelSaysWhatTheServiceIsAreAnsweredByIt() {
		assertReads(new Service("example.com/emulators/aws:1", 4566,
				Map.of("org.springframework.boot.service-connection", "localstack/localstack")));
	}

	@Test
	void referencesWhenServiceIsMotoAreAnsweredByIt() {
		assertReads(new Service("motoserver/moto:5.2.1", 5000));
	}

	@Test
	void conditionsSeeTheValuesOfSecrets() {
		try (ConfigurableApplicationContext context = application(new Service("localstack/localstack", 4566))
			.customize((application) -> application
				.setResourceLoader(new DefaultResourceLoader(new FilteredClassLoader(LocalStackContainer.class))))
			.classes(Importing.class)
			.run()) {
			assertThat(context.getBeansOfType(Conditional.class)).hasSize(1);
		}
	}

	@Test
	void serviceWhenEndpointIsSetIsUsedNeitherForReferencesNorByTheClient(CapturedOutput output) {
		try (SecretsServer other = SecretsServer.start()) {
			other.create("prod/token", Canary.value("other/token", 1));
			other.create("prod/flag", "off");
			try (ConfigurableApplicationContext context = application(new Service("localstack/localstack", 4566))
				.arguments("--aws.secrets.endpoint=" + other.endpoint(), "--aws.secrets.region=eu-west-1")
				.run()) {
				assertThat(Canary.value("other/token", 1).equals(context.getEnvironment().getProperty("token")))
					.isTrue();
				String value = context.getBean(SecretsManagerClient.class)
					.getSecretValue((request) -> request.secretId("prod/token"))
					.secretString();
				assertThat(Canary.value("other/token", 1).equals(value)).isTrue();
			}
		}
		assertThat(server.calls()).isEmpty();
		assertThat(output).containsOnlyOnce("are not used, as aws.secrets.endpoint is set. Remove one of them");
	}

	@Test
	void endpointWhenLocaleHasOtherDigitsIsTheSame() {
		Locale before = Locale.getDefault();
		try {
			Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
			assertThat("%d".formatted(4566)).isNotEqualTo("4566");
			assertReads(new Service("localstack/localstack:4.14.0", 4566));
		}
		finally {
			Locale.setDefault(before);
		}
	}

	private void assertReads(Service service) {
		try (ConfigurableApplicationContext context = application(service).run()) {
			assertThat(Canary.value("prod/token", 1).equals(context.getEnvironment().getProperty("token"))).isTrue();
			assertThat(context.getBean(AwsSecretsConnectionDetails.class).getEndpoint()).isEqualTo(server.endpoint());
		}
		assertThat(server.calls()).extracting(Call::region).containsExactly("eu-west-1");
	}

	private TestApplication application(Service service) {
		ApplicationListener<ApplicationPreparedEvent> compose = (event) -> publish(event.getSpringApplication(),
				event.getApplicationContext(), service);
		return TestApplication.in(this.directory).yaml("""
				token: $<secret:prod/token>
				flag: $<secret:prod/flag>
				""").customize((application) -> application.addListeners(compose));
	}

	private static void publish(SpringApplication application, ApplicationContext context, Service service) {
		try {
			Constructor<DockerComposeServicesReadyEvent> constructor = DockerComposeServicesReadyEvent.class
				.getDeclaredConstructor(ApplicationContext.class, List.class);
			SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
			application.getListeners().forEach(multicaster::addApplicationListener);
			multicaster.multicastEvent(BeanUtils.instantiateClass(constructor, context, List.of(service)));
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@Import(Conditional.class)
	static class Importing {

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = "flag", havingValue = "on")
	static class Conditional {

	}

	/**
	 * A service that listens where the server does.
	 */
	private record Service(String tag, int containerPort,
			Map<String, String> labels) implements RunningService, ConnectionPorts {

		Service(String tag, int containerPort) {
			this(tag, containerPort, Map.of());
		}

		@Override
		public String name() {
			return "aws";
		}

		@Override
		public ImageReference image() {
			return ImageReference.of(this.tag);
		}

		@Override
		public String host() {
			return URI.create(server.endpoint().toString()).getHost();
		}

		@Override
		public ConnectionPorts ports() {
			return this;
		}

		@Override
		public Map<String, String> env() {
			return Map.of("AWS_DEFAULT_REGION", "eu-west-1");
		}

		@Override
		public int get(int port) {
			assertThat(port).isEqualTo(this.containerPort);
			return server.port();
		}

		@Override
		public List<Integer> getAll() {
			return List.of(server.port());
		}

		@Override
		public List<Integer> getAll(String protocol) {
			return getAll();
		}

	}

}
