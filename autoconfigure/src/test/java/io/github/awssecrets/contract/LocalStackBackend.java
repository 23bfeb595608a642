package io.github.awssecrets.contract;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * LocalStack in a container, or another image that can take its place, named by the
 * system property {@value #IMAGE_PROPERTY}. Later tags than the default one want a token,
 * which is handed on from the environment variable {@value #TOKEN_VARIABLE}.
 */
final class LocalStackBackend implements RunningBackend {

	static final String IMAGE_PROPERTY = "contract.image";

	static final String LOCALSTACK = "localstack/localstack";

	private static final String DEFAULT_IMAGE = "localstack/localstack:4.14.0";

	private static final String TOKEN_VARIABLE = "LOCALSTACK_AUTH_TOKEN";

	private final LocalStackContainer container;

	private LocalStackBackend(LocalStackContainer container) {
		this.container = container;
	}

	static @Nullable String absence() {
		try {
			return DockerClientFactory.instance().isDockerAvailable() ? null : "no Docker";
		}
		catch (Throwable ex) {
			// What is wrong with an engine comes as errors of many kinds
			return "no Docker (" + ex.getClass().getSimpleName() + ")";
		}
	}

	static LocalStackBackend start() {
		LocalStackContainer container = new LocalStackContainer(image(System.getProperty(IMAGE_PROPERTY)))
			.withServices("secretsmanager");
		String token = System.getenv(TOKEN_VARIABLE);
		if (token != null && !token.isEmpty()) {
			container.withEnv(TOKEN_VARIABLE, token);
		}
		container.start();
		return new LocalStackBackend(container);
	}

	/**
	 * Return the name of the image, taken for LocalStack's whatever it is.
	 * @param image the image, or nothing for the default one
	 * @return the name
	 */
	static DockerImageName image(@Nullable String image) {
		return DockerImageName.parse((image != null && !image.isEmpty()) ? image : DEFAULT_IMAGE)
			.asCompatibleSubstituteFor(LOCALSTACK);
	}

	@Override
	public URI endpoint() {
		return this.container.getEndpoint();
	}

	@Override
	public String accessKey() {
		return this.container.getAccessKey();
	}

	@Override
	public String secretKey() {
		return this.container.getSecretKey();
	}

	@Override
	public void close() {
		this.container.stop();
	}

}
