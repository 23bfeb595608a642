package io.github.awssecrets.contract;

import java.net.URI;

import io.github.awssecrets.embedded.SecretsServer;

/**
 * The embedded server.
 */
final class EmbeddedBackend implements RunningBackend {

	private final SecretsServer server = SecretsServer.start();

	@Override
	public URI endpoint() {
		return this.server.endpoint();
	}

	@Override
	public void close() {
		this.server.close();
	}

}
