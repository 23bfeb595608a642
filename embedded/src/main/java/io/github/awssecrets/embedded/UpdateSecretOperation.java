package io.github.awssecrets.embedded;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * UpdateSecret: new metadata, a new current version, or both.
 */
final class UpdateSecretOperation implements Operation {

	@Override
	public Set<String> parameters() {
		return Set.of("SecretId", "ClientRequestToken", "Description", "KmsKeyId", "SecretString", "SecretBinary");
	}

	@Override
	public ObjectNode execute(ApiCall call) {
		Parameters parameters = call.parameters();
		String id = parameters.secretId();
		String description = parameters.string("Description", 0, 2048);
		String kmsKeyId = parameters.string("KmsKeyId", 0, 2048);
		String token = parameters.clientRequestToken();
		SecretContent content = parameters.content();
		NewVersion version = (content != null) ? new NewVersion(token, content) : null;
		Secret secret = call.secrets()
			.update(id, (found) -> update(call, found.requireNotDeleted(), version)
				.withMetadata(found.metadata().with(description, kmsKeyId), call.now()));
		ObjectNode answer = Answers.identity(secret);
		if (version != null) {
			answer.put("VersionId", version.id());
		}
		return answer;
	}

	private static Secret update(ApiCall call, Secret secret, @Nullable NewVersion version) {
		return (version != null) ? version.addTo(secret, List.of(SecretVersions.CURRENT), call.now()) : secret;
	}

}
