package io.github.awssecrets.contract;

import java.net.URI;

import io.github.awssecrets.testing.LocalStack;
import org.testcontainers.localstack.LocalStackContainer;

/**
 * LocalStack in a container. Nobody has seen its deviations: they were read in its
 * source.
 */
final class LocalStackBackend implements RunningBackend {

	private final LocalStackContainer container;

	LocalStackBackend() {
		this.container = LocalStack.start();
	}

	@Override
	public URI endpoint() {
		return this.container.getEndpoint();
	}

	@Override
	public String version() {
		return this.container.getDockerImageName().replace(LocalStack.IMAGE + ":", "");
	}

	@Override
	public String unseenBasis() {
		return "what was read in its source";
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
