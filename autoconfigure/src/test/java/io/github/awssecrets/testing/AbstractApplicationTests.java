package io.github.awssecrets.testing;

import java.nio.file.Path;

import io.github.awssecrets.embedded.SecretsServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * Base of tests that start applications: with a server whose secrets, faults and calls
 * are those of the test at hand, an empty directory, and the output captured.
 */
@ExtendWith(OutputCaptureExtension.class)
public abstract class AbstractApplicationTests {

	/**
	 * The server, which is empty when a test starts. One for all tests of the JVM, with
	 * which it ends.
	 */
	protected static final SecretsServer server = SecretsServer.start();

	/**
	 * The directory of the application's files.
	 */
	@TempDir
	protected Path directory;

	@BeforeEach
	final void resetServer() {
		server.reset();
	}

	/**
	 * Return a new application.
	 * @return the application, with the secrets of the server
	 */
	protected TestApplication application() {
		return TestApplication.in(this.directory, server);
	}

}
