package io.github.awssecrets.sample.web;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Logs where to look, once the application is ready.
 */
@Component
class OpenHint {

	private static final Log logger = LogFactory.getLog(OpenHint.class);

	private final Environment environment;

	OpenHint(Environment environment) {
		this.environment = environment;
	}

	@EventListener(ApplicationReadyEvent.class)
	void show() {
		String scheme = this.environment.containsProperty("server.ssl.bundle") ? "https" : "http";
		logger.info("Open %s://localhost:%s".formatted(scheme, this.environment.getProperty("local.server.port")));
	}

}
