package io.github.awssecrets.chaos;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.github.awssecrets.testing.Canary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Takes what the project logs at level DEBUG, prints nothing of it, and remembers a
 * message that holds a part of a secret.
 */
final class LogLeaks extends AppenderBase<ILoggingEvent> implements BeforeAllCallback, AfterAllCallback {

	private static final int WORD = 8;

	private static final String HEAD = Canary.value("", 0).substring(0, WORD);

	private static final String TAIL = Canary.value("", 0).substring(Canary.value("", 0).length() - WORD);

	private static volatile @Nullable String leak;

	@Override
	public void beforeAll(ExtensionContext context) {
		start();
		Logger logger = logger();
		logger.setLevel(Level.DEBUG);
		logger.setAdditive(false);
		logger.addAppender(this);
	}

	@Override
	public void afterAll(ExtensionContext context) {
		Logger logger = logger();
		logger.detachAppender(this);
		logger.setAdditive(true);
		logger.setLevel(null);
	}

	static Logger logger() {
		return (Logger) LoggerFactory.getLogger("io.github.awssecrets");
	}

	@Override
	protected void append(ILoggingEvent event) {
		if (leaks(event.getFormattedMessage()) || (event.getThrowableProxy() != null
				&& leaks(String.valueOf(event.getThrowableProxy().getMessage())))) {
			leak = event.getLoggerName();
		}
	}

	/**
	 * Tell whether a text holds a part of a canary value as it is.
	 */
	static boolean leaks(String text) {
		return text.contains(HEAD) || text.contains(TAIL);
	}

	/**
	 * Return who logged a part of a secret since the last call, if anybody did.
	 */
	static @Nullable String take() {
		String taken = leak;
		leak = null;
		return taken;
	}

}
