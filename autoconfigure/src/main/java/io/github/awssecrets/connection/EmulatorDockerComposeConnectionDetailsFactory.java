package io.github.awssecrets.connection;

import java.net.URI;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;

/**
 * Creates connection details from a service of Docker Compose that emulates AWS.
 */
abstract class EmulatorDockerComposeConnectionDetailsFactory
		extends DockerComposeConnectionDetailsFactory<AwsSecretsConnectionDetails> {

	private final int port;

	private EmulatorDockerComposeConnectionDetailsFactory(int port, String... images) {
		super(images);
		this.port = port;
	}

	@Override
	protected AwsSecretsConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
		return new EmulatorConnectionDetails(source.getRunningService(), this.port);
	}

	/**
	 * For LocalStack.
	 */
	static final class LocalStack extends EmulatorDockerComposeConnectionDetailsFactory {

		LocalStack() {
			super(4566, "localstack/localstack", "localstack/localstack-pro");
		}

	}

	/**
	 * For moto.
	 */
	static final class Moto extends EmulatorDockerComposeConnectionDetailsFactory {

		Moto() {
			super(5000, "motoserver/moto");
		}

	}

	private static final class EmulatorConnectionDetails extends DockerComposeConnectionDetails
			implements AwsSecretsConnectionDetails {

		private final URI endpoint;

		private final Map<String, @Nullable String> variables;

		private EmulatorConnectionDetails(RunningService service, int port) {
			super(service);
			this.endpoint = URI.create("http://" + service.host() + ":" + service.ports().get(port));
			this.variables = service.env();
		}

		@Override
		public URI getEndpoint() {
			return this.endpoint;
		}

		@Override
		public @Nullable String getRegion() {
			String region = this.variables.get("AWS_DEFAULT_REGION");
			return (region != null) ? region : this.variables.get("DEFAULT_REGION");
		}

		@Override
		public String getAccessKey() {
			return variable("AWS_ACCESS_KEY_ID");
		}

		@Override
		public String getSecretKey() {
			return variable("AWS_SECRET_ACCESS_KEY");
		}

		private String variable(String name) {
			String value = this.variables.get(name);
			return (value != null) ? value : "test";
		}

	}

}
