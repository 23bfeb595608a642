package io.github.awssecrets.retrieval;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.retrieval.BatchAnswer.SecretError;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/**
 * The calls to one Region through a client of the SDK, which aborts them when their time
 * is over. What the client throws is translated, never passed on: its messages may quote
 * the answer.
 */
final class AwsCalls implements SecretsManagerCalls, AutoCloseable {

	private final SecretsManagerClient client;

	AwsCalls(SecretsManagerClient client) {
		this.client = client;
	}

	@Override
	public BatchAnswer batchGetSecretValue(List<SecretId> ids, @Nullable String nextToken, Duration timeout)
			throws CallFailedException {
		BatchGetSecretValueResponse response = call(BatchCall.ACTION,
				() -> this.client
					.batchGetSecretValue((request) -> request.secretIdList(ids.stream().map(SecretId::value).toList())
						.nextToken(nextToken)
						.overrideConfiguration(within(timeout))));
		List<AnsweredSecret> secrets = response.secretValues()
			.stream()
			.map((entry) -> new AnsweredSecret(entry.arn(), entry.name(), entry.versionId(), entry.versionStages(),
					content(entry.secretString(), entry.secretBinary()), entry.createdDate()))
			.toList();
		List<SecretError> errors = response.errors()
			.stream()
			.map((error) -> new SecretError(error.secretId(),
					ServiceErrors.failure(error.errorCode(), error.message(), SingleCall.ACTION)))
			.toList();
		return new BatchAnswer(secrets, errors, response.nextToken());
	}

	@Override
	public AnsweredSecret getSecretValue(SecretId id, @Nullable String stage, @Nullable String versionId,
			Duration timeout) throws CallFailedException {
		GetSecretValueResponse response = call(SingleCall.ACTION,
				() -> this.client.getSecretValue((request) -> request.secretId(id.value())
					.versionStage(stage)
					.versionId(versionId)
					.overrideConfiguration(within(timeout))));
		return new AnsweredSecret(response.arn(), response.name(), response.versionId(), response.versionStages(),
				content(response.secretString(), response.secretBinary()), response.createdDate());
	}

	@Override
	public @Nullable Instant deletionDate(SecretId id, Duration timeout) throws CallFailedException {
		return describe(id, timeout).deletedDate();
	}

	@Override
	public @Nullable String kmsKey(SecretId id, Duration timeout) throws CallFailedException {
		return describe(id, timeout).kmsKeyId();
	}

	private DescribeSecretResponse describe(SecretId id, Duration timeout) throws CallFailedException {
		return call(SingleCall.DESCRIBE_ACTION, () -> this.client
			.describeSecret((request) -> request.secretId(id.value()).overrideConfiguration(within(timeout))));
	}

	private static AwsRequestOverrideConfiguration within(Duration timeout) {
		Duration least = Duration.ofMillis(1);
		return AwsRequestOverrideConfiguration.builder()
			.apiCallTimeout((timeout.compareTo(least) < 0) ? least : timeout)
			.build();
	}

	private static @Nullable SecretContent content(@Nullable String text, @Nullable SdkBytes bytes) {
		if (text != null) {
			return SecretContent.ofText(text);
		}
		return (bytes != null) ? SecretContent.ofBinary(bytes.asByteArrayUnsafe()) : null;
	}

	private static <T> T call(String action, Supplier<T> call) throws CallFailedException {
		try {
			return call.get();
		}
		catch (RuntimeException ex) {
			throw new CallFailedException(FailureTranslation.failure(ex, action));
		}
	}

	@Override
	public void close() {
		this.client.close();
	}

}
