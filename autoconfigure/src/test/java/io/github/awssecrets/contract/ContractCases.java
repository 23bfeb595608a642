package io.github.awssecrets.contract;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;

/**
 * Base of the cases: a client of the backend, and secrets of each case's own, by their
 * names. A case observes one thing, told as a short text or list, so that its failure
 * tells what a backend does instead.
 */
abstract class ContractCases {

	/** What a call that succeeds comes to. */
	protected static final String OK = "200";

	protected static final String NOT_FOUND = "400 ResourceNotFoundException";

	protected static final String EXISTS = "400 ResourceExistsException";

	protected static final String INVALID_REQUEST = "400 InvalidRequestException";

	protected static final String INVALID_PARAMETER = "400 InvalidParameterException";

	protected static final String INVALID_TOKEN = "400 InvalidNextTokenException";

	protected static final String VALIDATION = "400 ValidationException";

	private final String prefix = "contract-" + UUID.randomUUID().toString().substring(0, 8) + "/";

	protected RunningBackend backend;

	protected SecretsManagerClient client;

	@BeforeEach
	void connect(RunningBackend running) {
		this.backend = running;
		this.client = running.client(RunningBackend.REGION);
	}

	@AfterEach
	void disconnect() {
		this.client.close();
	}

	/**
	 * Return what a call comes to.
	 * @param call the call
	 * @return its HTTP status and, if it fails, the error's code
	 */
	protected static String outcome(Runnable call) {
		try {
			call.run();
			return OK;
		}
		catch (AwsServiceException ex) {
			return ex.statusCode() + " " + ex.awsErrorDetails().errorCode();
		}
	}

	/**
	 * Return the name of a secret of this case.
	 * @param name the last part of the name
	 * @return the name
	 */
	protected String id(String name) {
		return this.prefix + name;
	}

	protected List<String> ids(int count) {
		return IntStream.range(0, count).mapToObj((i) -> id("s" + i)).toList();
	}

	/**
	 * Return the value that a version of a secret has in these cases.
	 * @param name the last part of the secret's name
	 * @param version which value
	 * @return the value
	 */
	protected String value(String name, int version) {
		return Canary.value(name, version);
	}

	/**
	 * Create a secret with its first value.
	 * @param name the last part of its name
	 * @return the version id
	 */
	protected String create(String name) {
		return this.client.createSecret((request) -> request.name(id(name)).secretString(value(name, 1))).versionId();
	}

	/**
	 * Give a secret another value.
	 * @param name the last part of its name
	 * @param version which value
	 * @param stages the stages of the new version, or none for the usual one
	 * @return the version id
	 */
	protected String put(String name, int version, String... stages) {
		return this.client.putSecretValue((request) -> {
			request.secretId(id(name)).secretString(value(name, version));
			if (stages.length > 0) {
				request.versionStages(stages);
			}
		}).versionId();
	}

	protected String arn(String name) {
		return this.client.describeSecret((request) -> request.secretId(id(name))).arn();
	}

	protected void delete(String name) {
		this.client.deleteSecret((request) -> request.secretId(id(name)).recoveryWindowInDays(7L));
	}

	protected String get(String id) {
		return outcome(() -> this.client.getSecretValue((request) -> request.secretId(id)));
	}

	protected String getVersion(String name, String versionId) {
		return outcome(() -> this.client.getSecretValue((request) -> request.secretId(id(name)).versionId(versionId)));
	}

	/**
	 * Tell which value a secret has, without showing it.
	 * @param name the last part of its name
	 * @param request what else to ask for
	 * @return which value, 0 if it is none of the first three
	 */
	protected int which(String name, Consumer<GetSecretValueRequest.Builder> request) {
		String text = this.client.getSecretValue((builder) -> {
			builder.secretId(id(name));
			request.accept(builder);
		}).secretString();
		return IntStream.rangeClosed(1, 3).filter((version) -> value(name, version).equals(text)).findFirst().orElse(0);
	}

	protected int which(String name) {
		return which(name, (request) -> {
		});
	}

}
