package io.github.awssecrets.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ReplicaRegionType;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;
import software.amazon.awssdk.services.secretsmanager.model.Tag;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the operations on single secrets, as the AWS SDK sees them.
 */
class OperationsIntegrationTests extends AbstractSdkTests {

	private static final String TOKEN = "11111111-2222-3333-4444-555555555555";

	private static final String INVALID_NAME = "Invalid name. Must be a valid name containing alphanumeric characters,"
			+ " or any of the following: -/_+=.@!";

	@Test
	void createSecretWhenTextCanBeRetrieved() {
		CreateSecretResponse created = this.client.createSecret((request) -> request.name("prod/db")
			.secretString("{\"a\":\"ü😀\"}")
			.description("Database")
			.kmsKeyId("alias/key")
			.tags(Tag.builder().key("team").value("orders").build()));
		assertThat(created.arn())
			.matches("arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-[A-Za-z0-9]{6}");
		assertThat(created.name()).isEqualTo("prod/db");
		GetSecretValueResponse value = this.client.getSecretValue((request) -> request.secretId("prod/db"));
		assertThat(value.arn()).isEqualTo(created.arn());
		assertThat(value.name()).isEqualTo("prod/db");
		assertThat(value.versionId()).isEqualTo(created.versionId());
		assertThat(value.secretString()).isEqualTo("{\"a\":\"ü😀\"}");
		assertThat(value.secretBinary()).isNull();
		assertThat(value.versionStages()).containsExactly("AWSCURRENT");
		assertThat(value.createdDate()).isEqualTo(this.clock.instant());
	}

	@Test
	void createSecretWhenBinaryCanBeRetrieved() {
		SdkBytes bytes = SdkBytes.fromByteArray(new byte[] { 0, -1, 127, -128 });
		this.client.createSecret((request) -> request.name("key").secretBinary(bytes));
		GetSecretValueResponse value = this.client.getSecretValue((request) -> request.secretId("key"));
		assertThat(value.secretBinary()).isEqualTo(bytes);
		assertThat(value.secretString()).isNull();
	}

	@Test
	void createSecretWhenWithoutValueHasNoVersion() {
		CreateSecretResponse created = this.client.createSecret((request) -> request.name("empty"));
		assertThat(created.versionId()).isNull();
		assertThat(this.client.describeSecret((request) -> request.secretId("empty")).hasVersionIdsToStages())
			.isFalse();
		assertFails(ResourceNotFoundException.class,
				"Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
				() -> this.client.getSecretValue((request) -> request.secretId("empty")));
		assertThat(this.client.putSecretValue((request) -> request.secretId("empty").secretString("x")).versionStages())
			.containsExactly("AWSCURRENT");
	}

	@Test
	void createSecretWhenRepeatedIsIdempotentByTokenAndValue() {
		CreateSecretResponse first = this.client
			.createSecret((request) -> request.name("a").secretString("x").clientRequestToken(TOKEN));
		CreateSecretResponse again = this.client
			.createSecret((request) -> request.name("a").secretString("x").clientRequestToken(TOKEN));
		assertThat(again.arn()).isEqualTo(first.arn());
		assertThat(again.versionId()).isEqualTo(TOKEN);
		assertFails(ResourceExistsException.class,
				"You can't use ClientRequestToken " + TOKEN
						+ " because that value is already in use for a version of secret " + first.arn() + ".",
				() -> this.client
					.createSecret((request) -> request.name("a").secretString("y").clientRequestToken(TOKEN)));
		assertFails(ResourceExistsException.class, "The operation failed because the secret a already exists.",
				() -> this.client.createSecret((request) -> request.name("a").secretString("x")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a b", "a:b", "ü", "a*" })
	void createSecretWhenNameIsInvalidFails(String name) {
		assertFails(SecretsManagerException.class, "ValidationException", INVALID_NAME,
				() -> this.client.createSecret((request) -> request.name(name).secretString("x")));
	}

	@Test
	void createSecretWhenNameIsTooLongFails() {
		this.client.createSecret((request) -> request.name("n".repeat(512)).secretString("x"));
		assertFails(SecretsManagerException.class, "ValidationException",
				"1 validation error detected: Value '" + "n".repeat(513)
						+ "' at 'name' failed to satisfy constraint: Member must have length less than or equal to 512",
				() -> this.client.createSecret((request) -> request.name("n".repeat(513)).secretString("x")));
	}

	@Test
	void createSecretWhenValueIsTooLargeFailsWithoutTheValue() {
		this.client.createSecret((request) -> request.name("a").secretString("x".repeat(65_536)));
		assertFails(SecretsManagerException.class, "ValidationException",
				"1 validation error detected: Value at 'secretString' failed to satisfy constraint: Member must have"
						+ " length less than or equal to 65536",
				() -> this.client.createSecret((request) -> request.name("b").secretString("x".repeat(65_537))));
	}

	@Test
	void createSecretWhenTextAndBinaryFails() {
		assertFails(InvalidParameterException.class,
				"You can't specify both a binary secret value and a string secret value in the same secret.",
				() -> this.client.createSecret(
						(request) -> request.name("a").secretString("x").secretBinary(SdkBytes.fromUtf8String("x"))));
	}

	@Test
	void getSecretValueFindsByNameCompleteAndPartialArn() {
		this.server.create("prod/db", "x");
		String arn = this.server.arn("prod/db");
		String partial = arn.substring(0, arn.length() - 7);
		for (String id : new String[] { "prod/db", arn, partial }) {
			assertThat(this.client.getSecretValue((request) -> request.secretId(id)).secretString()).isEqualTo("x");
		}
	}

	@Test
	void getSecretValueWhenThereIsNoneFails() {
		this.server.create("prod/db", "x");
		this.server.create("a-bcdefg", "x");
		String arn = this.server.arn("prod/db");
		String otherSuffix = arn.substring(0, arn.length() - 6) + "AAAAAA";
		String misreadPartial = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-bcdefg";
		String otherRegion = arn.replace("eu-west-1", "us-east-1");
		String suffixedName = arn.substring(arn.lastIndexOf(':') + 1);
		for (String id : new String[] { "prod/other", otherSuffix, misreadPartial, otherRegion, suffixedName }) {
			assertFails(ResourceNotFoundException.class, "Secrets Manager can't find the specified secret.",
					() -> this.client.getSecretValue((request) -> request.secretId(id)));
		}
	}

	@Test
	void getSecretValueWhenOfAnotherAccountIsDenied() {
		String arn = "arn:aws:secretsmanager:eu-west-1:210987654321:secret:db-AbCdEf";
		assertFails(SecretsManagerException.class, "AccessDeniedException",
				"User: arn:aws:sts::123456789012:assumed-role/application/embedded is not authorized to perform:"
						+ " secretsmanager:GetSecretValue on resource: " + arn
						+ " because no resource-based policy allows the secretsmanager:GetSecretValue action",
				() -> this.client.getSecretValue((request) -> request.secretId(arn)));
	}

	@Test
	void getSecretValueWhenIdIsInvalidFails() {
		assertFails(SecretsManagerException.class, "ValidationException", INVALID_NAME,
				() -> this.client.getSecretValue((request) -> request.secretId("a b")));
		assertFails(SecretsManagerException.class, "ValidationException",
				"1 validation error detected: Value null at 'secretId' failed to satisfy constraint: Member must not be"
						+ " null",
				() -> this.client.getSecretValue((request) -> {
				}));
		assertFails(SecretsManagerException.class, "ValidationException",
				"1 validation error detected: Value '" + "x".repeat(2049)
						+ "' at 'secretId' failed to satisfy constraint: Member must have length less than or equal to"
						+ " 2048",
				() -> this.client.getSecretValue((request) -> request.secretId("x".repeat(2049))));
	}

	@Test
	void updateSecretWhenMetadataOnlyMakesNoVersion() {
		String version = this.server.create("a", "x");
		UpdateSecretResponse updated = this.client
			.updateSecret((request) -> request.secretId("a").description("New").kmsKeyId("alias/new"));
		assertThat(updated.versionId()).isNull();
		DescribeSecretResponse described = this.client.describeSecret((request) -> request.secretId("a"));
		assertThat(described.description()).isEqualTo("New");
		assertThat(described.kmsKeyId()).isEqualTo("alias/new");
		assertThat(described.versionIdsToStages()).containsOnlyKeys(version);
	}

	@Test
	void updateSecretWhenValueMakesItCurrent() {
		String before = this.server.create("a", "x");
		String version = this.client.updateSecret((request) -> request.secretId("a").secretString("y")).versionId();
		assertThat(this.server.stages("a")).isEqualTo(Map.of("AWSCURRENT", version, "AWSPREVIOUS", before));
	}

	@Test
	void describeSecretTellsEverythingButTheValue() {
		this.client.createSecret((request) -> request.name("a")
			.secretString("x")
			.description("A")
			.tags(Tag.builder().key("team").value("orders").build()));
		Instant created = this.clock.instant();
		this.clock.advance(Duration.ofDays(2).plusHours(1));
		this.client.getSecretValue((request) -> request.secretId("a"));
		String version = this.server.put("a", "y");
		DescribeSecretResponse described = this.client.describeSecret((request) -> request.secretId("a"));
		assertThat(described.arn()).isEqualTo(this.server.arn("a"));
		assertThat(described.createdDate()).isEqualTo(created);
		assertThat(described.lastChangedDate()).isEqualTo(this.clock.instant());
		assertThat(described.lastAccessedDate()).isEqualTo(Instant.parse("2026-11-24T00:00:00Z"));
		assertThat(described.deletedDate()).isNull();
		assertThat(described.tags()).singleElement().satisfies((tag) -> assertThat(tag.value()).isEqualTo("orders"));
		assertThat(described.versionIdsToStages()).hasSize(2);
		assertThat(described.versionIdsToStages().get(version)).containsExactly("AWSCURRENT");
	}

	@Test
	void deleteSecretMarksAndRestoreSecretTakesTheMarkAway() {
		this.server.create("a", "x");
		DeleteSecretResponse deleted = this.client
			.deleteSecret((request) -> request.secretId("a").recoveryWindowInDays(7L));
		assertThat(deleted.deletionDate()).isEqualTo(this.clock.instant().plus(Duration.ofDays(7)));
		assertThat(this.client.describeSecret((request) -> request.secretId("a")).deletedDate())
			.isEqualTo(deleted.deletionDate());
		String marked = "You can't perform this operation on the secret because it was marked for deletion.";
		assertFails(InvalidRequestException.class, marked,
				() -> this.client.getSecretValue((request) -> request.secretId("a")));
		assertFails(InvalidRequestException.class, marked,
				() -> this.client.putSecretValue((request) -> request.secretId("a").secretString("y")));
		assertFails(InvalidRequestException.class, marked,
				() -> this.client.updateSecret((request) -> request.secretId("a").description("y")));
		assertFails(InvalidRequestException.class,
				"You can't create this secret because a secret with this name is already scheduled for deletion.",
				() -> this.client.createSecret((request) -> request.name("a").secretString("y")));
		this.client.restoreSecret((request) -> request.secretId("a"));
		assertThat(this.client.getSecretValue((request) -> request.secretId("a")).secretString()).isEqualTo("x");
	}

	@Test
	void deleteSecretWhenWindowHasPassedIsGone() {
		this.server.create("a", "x");
		String arn = this.server.arn("a");
		this.client.deleteSecret((request) -> request.secretId("a"));
		this.clock.advance(Duration.ofDays(30));
		assertFails(ResourceNotFoundException.class, "Secrets Manager can't find the specified secret.",
				() -> this.client.restoreSecret((request) -> request.secretId("a")));
		this.client.createSecret((request) -> request.name("a").secretString("y"));
		assertThat(this.server.arn("a")).isNotEqualTo(arn);
	}

	@Test
	void deleteSecretWhenForcedIsGoneAtOnce() {
		this.server.create("a", "x");
		this.client.deleteSecret((request) -> request.secretId("a").forceDeleteWithoutRecovery(true));
		assertFails(ResourceNotFoundException.class, "Secrets Manager can't find the specified secret.",
				() -> this.client.describeSecret((request) -> request.secretId("a")));
		DeleteSecretResponse again = this.client
			.deleteSecret((request) -> request.secretId("a").forceDeleteWithoutRecovery(true));
		assertThat(again.name()).isEqualTo("a");
	}

	@Test
	void deleteSecretWhenParametersAreWrongFails() {
		this.server.create("a", "x");
		String window = "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).";
		assertFails(InvalidParameterException.class, window,
				() -> this.client.deleteSecret((request) -> request.secretId("a").recoveryWindowInDays(6L)));
		assertFails(InvalidParameterException.class, window,
				() -> this.client.deleteSecret((request) -> request.secretId("a").recoveryWindowInDays(31L)));
		assertFails(InvalidParameterException.class,
				"You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
				() -> this.client.deleteSecret(
						(request) -> request.secretId("a").recoveryWindowInDays(7L).forceDeleteWithoutRecovery(true)));
	}

	@Test
	void operationThatIsNotSupportedSaysSo() {
		this.server.create("a", "x");
		assertFails(SecretsManagerException.class, "UnknownOperationException",
				"The embedded Secrets Manager lacks the operation TagResource. It has BatchGetSecretValue,"
						+ " CancelRotateSecret, CreateSecret, DeleteSecret, DescribeSecret, GetRandomPassword,"
						+ " GetSecretValue, ListSecretVersionIds, ListSecrets, PutSecretValue, RestoreSecret, RotateSecret,"
						+ " UpdateSecret, UpdateSecretVersionStage.",
				() -> this.client.tagResource(
						(request) -> request.secretId("a").tags(Tag.builder().key("team").value("orders").build())));
	}

	@Test
	void createSecretWhenParameterIsNotSupportedSaysSo() {
		assertFails(InvalidParameterException.class,
				"The embedded Secrets Manager doesn't support the parameter AddReplicaRegions of CreateSecret.",
				() -> this.client.createSecret((request) -> request.name("a")
					.secretString("x")
					.addReplicaRegions(ReplicaRegionType.builder().region("us-east-1").build())));
	}

}
