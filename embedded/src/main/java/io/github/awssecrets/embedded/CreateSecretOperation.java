package io.github.awssecrets.embedded;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * CreateSecret. A retry with the same token and value is answered like the first call.
 */
final class CreateSecretOperation implements Operation {

	@Override
	public Set<String> parameters() {
		return Set.of("Name", "ClientRequestToken", "Description", "KmsKeyId", "SecretString", "SecretBinary", "Tags");
	}

	@Override
	public ObjectNode execute(ApiCall call) {
		Parameters parameters = call.parameters();
		String name = parameters.name();
		Secret.Metadata metadata = new Secret.Metadata(parameters.string("Description", 0, 2048),
				parameters.string("KmsKeyId", 0, 2048), parameters.tags());
		String token = parameters.clientRequestToken();
		SecretContent content = parameters.content();
		NewVersion version = (content != null) ? new NewVersion(token, content) : null;
		Secret secret = call.secrets().create(name, metadata, (found) -> create(call, found, version));
		ObjectNode answer = Answers.identity(secret);
		if (version != null) {
			answer.put("VersionId", version.id());
		}
		return answer;
	}

	private static Secret create(ApiCall call, Secret secret, @Nullable NewVersion version) {
		boolean exists = call.secrets().find(secret.name()).isPresent();
		if (exists && secret.isDeleted()) {
			throw ApiException.invalidRequest(
					"You can't create this secret because a secret with this name is already scheduled for deletion.");
		}
		if (exists && (version == null || !version.isIn(secret))) {
			throw ApiException.exists("The operation failed because the secret " + secret.name() + " already exists.");
		}
		return (version != null) ? version.addTo(secret, List.of(SecretVersions.CURRENT), call.now()) : secret;
	}

}
