package io.github.awssecrets.embedded;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for versions and their stages, as the AWS SDK sees them.
 */
class VersionStagesIntegrationTests extends AbstractSdkTests {

	private static final String TOKEN = "11111111-2222-3333-4444-555555555555";

	@Test
	void rotationMovesStagesAsAwsDoes() {
		String first = this.server.create("db", "one");
		this.client.putSecretValue((request) -> request.secretId("db")
			.secretString("two")
			.clientRequestToken(TOKEN)
			.versionStages("AWSPENDING"));
		assertThat(value(null, null)).isEqualTo("one");
		assertThat(value(null, "AWSPENDING")).isEqualTo("two");
		this.client.updateSecretVersionStage((request) -> request.secretId("db")
			.versionStage("AWSCURRENT")
			.moveToVersionId(TOKEN)
			.removeFromVersionId(first));
		assertThat(value(null, null)).isEqualTo("two");
		assertThat(value(null, "AWSPREVIOUS")).isEqualTo("one");
		assertThat(value(first, null)).isEqualTo("one");
		assertThat(value(TOKEN, "AWSCURRENT")).isEqualTo("two");
		assertThat(this.client.describeSecret((request) -> request.secretId("db")).versionIdsToStages())
			.isEqualTo(Map.of(first, List.of("AWSPREVIOUS"), TOKEN, List.of("AWSCURRENT", "AWSPENDING")));
	}

	@Test
	void putSecretValueWhenRepeatedIsIdempotentByTokenAndValue() {
		this.server.create("db", "one");
		PutSecretValueResponse first = put("two");
		assertThat(first.versionId()).isEqualTo(TOKEN);
		assertThat(first.versionStages()).containsExactly("AWSCURRENT");
		assertThat(put("two").versionId()).isEqualTo(TOKEN);
		assertThat(this.server.versionIds("db")).hasSize(2);
		assertFails(ResourceExistsException.class, "You can't use ClientRequestToken " + TOKEN
				+ " because that value is already in use for a version of secret " + this.server.arn("db") + ".",
				() -> put("three"));
	}

	@Test
	void putSecretValueWhenWithoutValueFails() {
		this.server.create("db", "one");
		assertFails(InvalidRequestException.class, "You must provide either SecretString or SecretBinary.",
				() -> this.client.putSecretValue((request) -> request.secretId("db")));
	}

	@Test
	void getSecretValueWhenVersionOrStageIsMissingFails() {
		String version = this.server.create("db", "one");
		assertFails(ResourceNotFoundException.class,
				"Secrets Manager can't find the specified secret value for staging label: AWSPENDING",
				() -> value(null, "AWSPENDING"));
		assertFails(ResourceNotFoundException.class,
				"Secrets Manager can't find the specified secret value for VersionId: " + TOKEN,
				() -> value(TOKEN, null));
		assertFails(InvalidRequestException.class,
				"You provided a VersionStage that is not associated to the provided VersionId.",
				() -> value(version, "AWSPREVIOUS"));
		assertFails(SecretsManagerException.class, "ValidationException",
				"1 validation error detected: Value 'short' at 'versionId' failed to satisfy constraint: Member must have"
						+ " length greater than or equal to 32",
				() -> value("short", null));
	}

	@Test
	void updateSecretVersionStageWhenAttachedElsewhereMustSayFromWhere() {
		String first = this.server.create("db", "one");
		String second = this.server.put("db", "two");
		String attached = " Staging label AWSCURRENT is currently attached to version " + second
				+ ", so you must explicitly reference that version in RemoveFromVersionId.";
		assertFails(InvalidParameterException.class, "The parameter RemoveFromVersionId can't be empty." + attached,
				() -> move("AWSCURRENT", null, first));
		assertFails(InvalidParameterException.class,
				"The parameter RemoveFromVersionId doesn't name the right version." + attached,
				() -> move("AWSCURRENT", first, first));
		assertThat(this.server.versionId("db")).isEqualTo(second);
	}

	@Test
	void updateSecretVersionStageWhenCurrentWouldVanishFails() {
		String first = this.server.create("db", "one");
		assertFails(InvalidParameterException.class, "You can only move staging label AWSCURRENT to a different secret"
				+ " version. It can't be completely removed.", () -> move("AWSCURRENT", first, null));
	}

	@Test
	void updateSecretVersionStageAttachesAndRemovesOtherStages() {
		String first = this.server.create("db", "one");
		String second = this.server.put("db", "two");
		move("blue", null, first);
		assertThat(value(null, "blue")).isEqualTo("one");
		move("blue", null, first);
		move("blue", first, second);
		assertThat(value(null, "blue")).isEqualTo("two");
		move("blue", second, null);
		assertThat(this.server.stages("db")).doesNotContainKey("blue");
	}

	@Test
	void updateSecretVersionStageWhenVersionIsUnknownFails() {
		this.server.create("db", "one");
		assertFails(ResourceNotFoundException.class,
				"Secrets Manager can't find the specified secret value for VersionId: " + TOKEN,
				() -> move("blue", null, TOKEN));
		assertFails(InvalidParameterException.class, "You must provide RemoveFromVersionId, MoveToVersionId, or both.",
				() -> move("blue", null, null));
	}

	@Test
	void rollbackMakesThePreviousVersionCurrent() {
		String first = this.server.create("db", "one");
		String second = this.server.put("db", "two");
		this.server.moveStage("db", "AWSCURRENT", first);
		assertThat(value(null, null)).isEqualTo("one");
		assertThat(this.server.stages("db")).isEqualTo(Map.of("AWSCURRENT", first, "AWSPREVIOUS", second));
	}

	private PutSecretValueResponse put(String value) {
		return this.client
			.putSecretValue((request) -> request.secretId("db").secretString(value).clientRequestToken(TOKEN));
	}

	private String value(String versionId, String stage) {
		return this.client.getSecretValue((request) -> request.secretId("db").versionId(versionId).versionStage(stage))
			.secretString();
	}

	private void move(String stage, String from, String to) {
		this.client.updateSecretVersionStage(
				(request) -> request.secretId("db").versionStage(stage).removeFromVersionId(from).moveToVersionId(to));
	}

}
