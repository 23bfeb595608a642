package io.github.awssecrets.refresh;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Keeps thousands of rotations out of the log of a test class.
 */
final class QuietLog implements BeforeAllCallback, AfterAllCallback {

	@Override
	public void beforeAll(ExtensionContext context) {
		logger().setLevel(Level.OFF);
	}

	@Override
	public void afterAll(ExtensionContext context) {
		logger().setLevel(null);
	}

	private static Logger logger() {
		return (Logger) LoggerFactory.getLogger(SecretsWatcher.class.getPackageName());
	}

}
