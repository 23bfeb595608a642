package io.github.awssecrets.embedded;

import java.util.List;
import java.util.Set;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * ListSecretVersionIds, oldest version first.
 */
final class ListSecretVersionIdsOperation implements Operation {

	private static final int MAXIMUM = 100;

	@Override
	public Set<String> parameters() {
		return Set.of("SecretId", "MaxResults", "NextToken", "IncludeDeprecated");
	}

	@Override
	public ObjectNode execute(ApiCall call) {
		Parameters parameters = call.parameters();
		Secret secret = call.secrets().get(parameters.secretId());
		boolean includeDeprecated = parameters.flag("IncludeDeprecated");
		List<SecretVersion> versions = secret.versions()
			.all()
			.stream()
			.filter((version) -> includeDeprecated || secret.versions().stages().containsValue(version.id()))
			.toList();
		Page<SecretVersion> page = Page.of(versions, parameters, parameters.number("MaxResults", 1, MAXIMUM, MAXIMUM),
				secret.arn() + "," + includeDeprecated);
		ObjectNode answer = Answers.identity(secret);
		ArrayNode list = answer.putArray("Versions");
		page.elements().forEach((version) -> list.add(describe(secret, version)));
		page.addTokenTo(answer);
		return answer;
	}

	private static ObjectNode describe(Secret secret, SecretVersion version) {
		ObjectNode entry = Json.object()
			.put("VersionId", version.id())
			.put("CreatedDate", Json.timestamp(version.created()));
		Answers.putDay(entry, "LastAccessedDate", version.lastAccessed());
		String kmsKeyId = secret.metadata().kmsKeyId();
		entry.set("KmsKeyIds", Answers.strings(List.of((kmsKeyId != null) ? kmsKeyId : "DefaultEncryptionKey")));
		Set<String> stages = secret.versions().stagesOf(version.id());
		if (!stages.isEmpty()) {
			entry.set("VersionStages", Answers.strings(stages));
		}
		return entry;
	}

}
