package io.github.awssecrets.testing;

import java.util.Map;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * LocalStack in containers, or another image that can take its place, named by the system
 * property {@value #IMAGE_PROPERTY}. Later tags than the default one want a token, which
 * is handed on from the environment variable {@value #TOKEN_VARIABLE}.
 */
public final class LocalStack {

	/** The name of the image, without its tag. */
	public static final String IMAGE = "localstack/localstack";

	private static final String IMAGE_PROPERTY = "contract.image";

	private static final String DEFAULT_IMAGE = IMAGE + ":4.14.0";

	private static final String TOKEN_VARIABLE = "LOCALSTACK_AUTH_TOKEN";

	private LocalStack() {
	}

	/**
	 * Return why there is no container on this machine.
	 * @return the reason, or {@code null} if there can be one
	 */
	public static @Nullable String absence() {
		return absence(() -> DockerClientFactory.instance().isDockerAvailable());
	}

	static @Nullable String absence(BooleanSupplier docker) {
		try {
			return docker.getAsBoolean() ? null : "no Docker";
		}
		catch (Throwable ex) {
			// What is wrong with an engine comes as errors of many kinds
			return "no Docker (" + ex.getClass().getSimpleName() + ")";
		}
	}

	/**
	 * Start a container with Secrets Manager.
	 * @return the container, to be stopped
	 * @throws TestAbortedException if its image cannot be pulled or started
	 */
	public static LocalStackContainer start() {
		return start(image(System.getProperty(IMAGE_PROPERTY)));
	}

	private static LocalStackContainer start(DockerImageName image) {
		LocalStackContainer container = new LocalStackContainer(image).withServices("secretsmanager");
		container.withEnv(environment(System.getenv(TOKEN_VARIABLE)));
		try {
			container.start();
			return container;
		}
		catch (RuntimeException ex) {
			container.stop();
			throw new TestAbortedException("%s cannot be pulled or started (%s)".formatted(
					image.asCanonicalNameString(), String.valueOf(ex.getMessage()).lines().findFirst().orElse("")), ex);
		}
	}

	static Map<String, String> environment(@Nullable String token) {
		return (token != null && !token.isEmpty()) ? Map.of(TOKEN_VARIABLE, token) : Map.of();
	}

	/**
	 * Return the name of the image, taken for LocalStack's whatever it is.
	 * @param image the image, or nothing for the default one
	 * @return the name
	 */
	public static DockerImageName image(@Nullable String image) {
		return DockerImageName.parse((image != null && !image.isEmpty()) ? image : DEFAULT_IMAGE)
			.asCompatibleSubstituteFor(IMAGE);
	}

}
