package io.github.awssecrets.embedded.junit;

import io.github.awssecrets.embedded.SecretsServer;

import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Closes the server of an application that fails before its context is refreshed, and
 * thus destroys no beans.
 */
class FailedStartListener implements ApplicationListener<ApplicationFailedEvent> {

	private final SecretsServer server;

	FailedStartListener(SecretsServer server) {
		this.server = server;
	}

	@Override
	public void onApplicationEvent(ApplicationFailedEvent event) {
		this.server.close();
	}

}
