package io.github.awssecrets.embedded;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What the server logs, from now on until it is closed.
 */
final class TestLog extends Handler implements AutoCloseable {

	/**
	 * Kept, since the JDK holds loggers weakly.
	 */
	private final Logger logger = Logger.getLogger(SecretsServer.class.getPackageName());

	private final List<String> messages = new CopyOnWriteArrayList<>();

	TestLog() {
		this.logger.addHandler(this);
		this.logger.setUseParentHandlers(false);
	}

	List<String> messages() {
		return List.copyOf(this.messages);
	}

	@Override
	public void publish(LogRecord entry) {
		this.messages.add(MessageFormat.format(entry.getMessage(), entry.getParameters()));
	}

	@Override
	public void flush() {
	}

	@Override
	public void close() {
		this.logger.removeHandler(this);
		this.logger.setUseParentHandlers(true);
	}

}
