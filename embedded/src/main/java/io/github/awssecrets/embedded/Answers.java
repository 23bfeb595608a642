package io.github.awssecrets.embedded;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parts that answers of several operations have in common.
 */
final class Answers {

	private Answers() {
	}

	// ARN and name.
	static ObjectNode identity(Secret secret) {
		return Json.object().put("ARN", secret.arn()).put("Name", secret.name());
	}

	// A version with its value, which it has, as GetSecretValue and BatchGetSecretValue
	// answer it.
	static ObjectNode value(Secret secret, SecretVersion version) {
		SecretContent content = Objects.requireNonNull(version.content());
		ObjectNode answer = identity(secret).put("VersionId", version.id())
			.put(content.type().member(), content.data())
			.put("CreatedDate", Json.timestamp(version.created()));
		answer.set("VersionStages", strings(secret.versions().stagesOf(version.id())));
		return answer;
	}

	// What DescribeSecret and ListSecrets answer. They have different names for the
	// member with the stages.
	static ObjectNode description(Secret secret, String stagesMember) {
		ObjectNode answer = identity(secret);
		if (secret.metadata().description() != null) {
			answer.put("Description", secret.metadata().description());
		}
		if (secret.metadata().kmsKeyId() != null) {
			answer.put("KmsKeyId", secret.metadata().kmsKeyId());
		}
		answer.put("CreatedDate", Json.timestamp(secret.times().created()));
		answer.put("LastChangedDate", Json.timestamp(secret.times().changed()));
		putDay(answer, "LastAccessedDate", secret.times().accessed());
		putTime(answer, "DeletedDate", secret.times().deletion());
		if (secret.rotation() != null) {
			addRotation(answer, secret, secret.rotation());
		}
		addTags(answer, secret);
		addStages(answer, stagesMember, secret.versions());
		return answer;
	}

	private static void addRotation(ObjectNode answer, Secret secret, RotationSettings rotation) {
		answer.put("RotationEnabled", rotation.enabled()).put("RotationLambdaARN", rotation.lambdaArn());
		if (rotation.rules() != null) {
			rotation.rules().addTo(answer.putObject("RotationRules"));
		}
		putTime(answer, "LastRotatedDate", rotation.lastRotatedIfEnabled());
		putTime(answer, "NextRotationDate", rotation.next(secret.versions()));
	}

	private static void putTime(ObjectNode answer, String member, @Nullable Instant instant) {
		if (instant != null) {
			answer.put(member, Json.timestamp(instant));
		}
	}

	private static void addTags(ObjectNode answer, Secret secret) {
		if (!secret.metadata().tags().isEmpty()) {
			ArrayNode tags = answer.putArray("Tags");
			secret.metadata().tags().forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
		}
	}

	private static void addStages(ObjectNode answer, String member, SecretVersions versions) {
		if (!versions.stages().isEmpty()) {
			ObjectNode staged = answer.putObject(member);
			versions.staged().forEach((versionId, stages) -> staged.set(versionId, strings(stages)));
		}
	}

	// The service tells the day of the last access, not the time.
	static void putDay(ObjectNode answer, String member, @Nullable Instant instant) {
		if (instant != null) {
			answer.put(member, Json.timestamp(instant.truncatedTo(ChronoUnit.DAYS)));
		}
	}

	static ArrayNode strings(Collection<String> texts) {
		ArrayNode array = Json.array();
		texts.forEach(array::add);
		return array;
	}

}
