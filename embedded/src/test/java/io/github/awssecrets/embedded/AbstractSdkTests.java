package io.github.awssecrets.embedded;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Base of the tests that call a server through the AWS SDK's own client. The server is as
 * new for each test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AbstractSdkTests {

	protected final TestClock clock = new TestClock();

	protected SecretsServer server;

	protected SecretsManagerClient client;

	@BeforeAll
	void start() {
		this.server = SecretsServer.builder().clock(this.clock).randomSeed(7).start();
		this.client = SdkClients.of(this.server);
	}

	@AfterEach
	void reset() {
		this.server.reset();
	}

	@AfterAll
	void close() {
		this.client.close();
		this.server.close();
	}

	/**
	 * Asserts that a call fails as AWS lets it fail, with status 400.
	 * @param type the exception that the SDK makes of the error
	 * @param code the error's code
	 * @param message its message
	 * @param call the call
	 */
	protected static void assertFails(Class<? extends SecretsManagerException> type, String code, String message,
			ThrowingCallable call) {
		assertThatExceptionOfType(type).isThrownBy(call).satisfies((ex) -> {
			assertThat(ex.statusCode()).isEqualTo(400);
			assertThat(ex.awsErrorDetails().errorCode()).isEqualTo(code);
			assertThat(ex.awsErrorDetails().errorMessage()).isEqualTo(message);
			assertThat(ex.requestId()).isNotEmpty();
		});
	}

	/**
	 * Asserts that a call fails with an exception that the SDK has a type for.
	 * @param type the exception, named as the error's code
	 * @param message its message
	 * @param call the call
	 */
	protected static void assertFails(Class<? extends SecretsManagerException> type, String message,
			ThrowingCallable call) {
		assertFails(type, type.getSimpleName(), message, call);
	}

	protected static Filter nameFilter(String prefix) {
		return Filter.builder().key(FilterNameStringType.NAME).values(prefix).build();
	}

}
