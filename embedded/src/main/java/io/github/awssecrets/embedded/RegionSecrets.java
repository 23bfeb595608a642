package io.github.awssecrets.embedded;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import tools.jackson.databind.node.ObjectNode;

/**
 * The secrets of one Region as tests see them, changed through the operations that
 * clients call.
 */
final class RegionSecrets implements SecretOperations {

	private final ServerState state;

	private final String region;

	RegionSecrets(ServerState state, String region) {
		this.state = state;
		this.region = SecretArn.requireRegion(region);
	}

	@Override
	public String region() {
		return this.region;
	}

	@Override
	public String create(String name, String value) {
		return create(name, checked("CreateSecret", name, () -> SecretContent.ofString(value)));
	}

	@Override
	public String createBinary(String name, byte[] value) {
		return create(name, checked("CreateSecret", name, () -> SecretContent.ofBinary(value)));
	}

	String create(String name, SecretContent content) {
		return version("CreateSecret", name, Json.object().put(Parameters.NAME, name), content);
	}

	@Override
	public String put(String id, String value, String... stages) {
		return put(id, checked("PutSecretValue", id, () -> SecretContent.ofString(value)), stages);
	}

	@Override
	public String putBinary(String id, byte[] value, String... stages) {
		return put(id, checked("PutSecretValue", id, () -> SecretContent.ofBinary(value)), stages);
	}

	private String put(String id, SecretContent content, String... stages) {
		ObjectNode parameters = request(id);
		if (stages.length > 0) {
			parameters.set("VersionStages", Answers.strings(List.of(stages)));
		}
		return version("PutSecretValue", id, parameters, content);
	}

	private String version(String operation, String id, ObjectNode parameters, SecretContent content) {
		String versionId = this.state.identifiers().uuid();
		parameters.put("ClientRequestToken", versionId).put(content.type().member(), content.data());
		execute(operation, id, parameters);
		return versionId;
	}

	@Override
	public String rotate(String id, String key, String value) {
		String versionId = replace(id, key, value);
		tell(secret(id), versionId);
		return versionId;
	}

	/**
	 * Tell that a version has become current.
	 * @param secret the secret
	 * @param versionId the id of the version
	 */
	void tell(Secret secret, String versionId) {
		this.state.versionListeners()
			.tell(new VersionChange(this.region, secret.name(), secret.arn(), versionId),
					() -> versionId.equals(stages(secret.arn()).get(SecretVersions.CURRENT)));
	}

	private String replace(String id, String key, String value) {
		SecretContent current = Objects.requireNonNull(current(id).content());
		if (current.type() != SecretContent.Type.STRING) {
			throw new IllegalArgumentException("Can't rotate " + id + ": it is binary");
		}
		try {
			return put(id, JsonText.replace(current.data(), key, value));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("Can't rotate " + id + ": " + ex.getMessage());
		}
	}

	@Override
	public String startRotation(String id, String rotationArn) {
		String versionId = this.state.identifiers().uuid();
		execute("RotateSecret", id,
				request(id).put("ClientRequestToken", versionId).put("RotationLambdaARN", rotationArn));
		return versionId;
	}

	@Override
	public void moveStage(String id, String stage, String versionId) {
		String from = stages(id).get(stage);
		execute("UpdateSecretVersionStage", id,
				request(id).put("VersionStage", stage)
					.put("RemoveFromVersionId", from)
					.put("MoveToVersionId", versionId));
	}

	@Override
	public void delete(String id) {
		secret(id);
		execute("DeleteSecret", id, request(id).put("ForceDeleteWithoutRecovery", true));
	}

	@Override
	public void delete(String id, int recoveryWindowInDays) {
		execute("DeleteSecret", id, request(id).put("RecoveryWindowInDays", recoveryWindowInDays));
	}

	@Override
	public void restore(String id) {
		execute("RestoreSecret", id, request(id));
	}

	@Override
	public List<String> names() {
		return this.state.secrets().region(this.region).all().stream().map(Secret::name).toList();
	}

	@Override
	public String arn(String id) {
		return secret(id).arn();
	}

	@Override
	public String versionId(String id) {
		return current(id).id();
	}

	@Override
	public List<String> versionIds(String id) {
		return secret(id).versions().all().stream().map(SecretVersion::id).toList();
	}

	@Override
	public Map<String, String> stages(String id) {
		return secret(id).versions().stages();
	}

	private Secret secret(String id) {
		return checked("DescribeSecret", id, () -> this.state.secrets().region(this.region).get(id));
	}

	private SecretVersion current(String id) {
		return secret(id).versions()
			.withStage(SecretVersions.CURRENT)
			.orElseThrow(() -> new IllegalArgumentException(id + " in " + this.region + " has no value"));
	}

	private static ObjectNode request(String id) {
		return Json.object().put(Parameters.SECRET_ID, id);
	}

	private void execute(String operation, String id, ObjectNode parameters) {
		checked(operation, id, () -> Operations.get(operation)
			.execute(this.state.call(operation, this.region, new Parameters(parameters))));
	}

	private <T> T checked(String operation, String id, Supplier<T> action) {
		try {
			return action.get();
		}
		catch (ApiException ex) {
			throw new IllegalArgumentException(
					"%s of '%s' in %s: %s (%s)".formatted(operation, id, this.region, ex.text(), ex.code()));
		}
	}

}
