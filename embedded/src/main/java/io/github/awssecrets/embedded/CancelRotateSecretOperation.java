package io.github.awssecrets.embedded;

import java.util.Set;

import tools.jackson.databind.node.ObjectNode;

/**
 * CancelRotateSecret: switches rotation off and ends one that is under way. It leaves
 * {@code AWSPENDING} where it is, which is the version that the answer names.
 */
final class CancelRotateSecretOperation implements Operation {

	@Override
	public Set<String> parameters() {
		return Set.of("SecretId");
	}

	@Override
	public ObjectNode execute(ApiCall call) {
		Secret secret = call.secrets().update(call.parameters().secretId(), (found) -> {
			RotationSettings rotation = found.requireNotDeleted().rotation();
			if (rotation == null) {
				throw ApiException.noRotator();
			}
			return found.withRotation(rotation.disabled(), call.now());
		});
		call.rotations().cancel(secret.arn());
		ObjectNode answer = Answers.identity(secret);
		String pending = secret.versions().stages().get(SecretVersions.PENDING);
		if (secret.versions().isPending(pending)) {
			answer.put("VersionId", pending);
		}
		return answer;
	}

}
