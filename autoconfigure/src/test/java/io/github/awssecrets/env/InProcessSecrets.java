package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.List;

import io.github.awssecrets.retrieval.SecretRetrieval;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationListener;

/**
 * Gives an application secrets from a retrieval of the test, where an embedded server
 * would take too long.
 */
public final class InProcessSecrets {

	private InProcessSecrets() {
	}

	/**
	 * Have an application retrieve its secrets so.
	 * @param application the application, before it is run
	 * @param retrieval the retrieval
	 */
	public static void use(SpringApplication application, SecretRetrieval retrieval) {
		List<ApplicationListener<?>> listeners = new ArrayList<>(application.getListeners());
		listeners.removeIf(SecretsApplicationListener.class::isInstance);
		listeners.add(new SecretsApplicationListener(new SecretsPropertySourceLocator(List.of(),
				(settings, customizers, connections, listener) -> retrieval)));
		application.setListeners(listeners);
	}

}
