package io.github.awssecrets.embedded;

import java.util.Set;

import tools.jackson.databind.node.ObjectNode;

/**
 * RestoreSecret. It does nothing to a secret that is not marked for deletion.
 */
final class RestoreSecretOperation implements Operation {

	@Override
	public Set<String> parameters() {
		return Set.of("SecretId");
	}

	@Override
	public ObjectNode execute(ApiCall call) {
		String id = call.parameters().secretId();
		return Answers.identity(call.secrets().update(id, (secret) -> secret.withDeletion(null)));
	}

}
