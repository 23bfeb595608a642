package io.github.awssecrets.embedded;

import java.util.List;
import java.util.Set;

import tools.jackson.databind.node.ObjectNode;

/**
 * PutSecretValue.
 */
final class PutSecretValueOperation implements Operation {

	@Override
	public Set<String> parameters() {
		return Set.of("SecretId", "ClientRequestToken", "SecretString", "SecretBinary", "VersionStages");
	}

	@Override
	public ObjectNode execute(ApiCall call) {
		Parameters parameters = call.parameters();
		String id = parameters.secretId();
		String token = parameters.clientRequestToken();
		SecretContent content = parameters.content();
		if (content == null) {
			throw ApiException.invalidRequest("You must provide either SecretString or SecretBinary.");
		}
		List<String> stages = parameters.strings("VersionStages", 20, 256);
		NewVersion version = new NewVersion(token, content);
		Secret secret = call.secrets()
			.update(id, (found) -> version.addTo(found.requireNotDeleted(),
					(stages != null) ? stages : List.of(SecretVersions.CURRENT), call.now()));
		ObjectNode answer = Answers.identity(secret).put("VersionId", token);
		answer.set("VersionStages", Answers.strings(secret.versions().stagesOf(token)));
		return answer;
	}

}
