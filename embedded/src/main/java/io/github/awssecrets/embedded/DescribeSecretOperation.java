package io.github.awssecrets.embedded;

import java.util.Set;

import tools.jackson.databind.node.ObjectNode;

/**
 * DescribeSecret, also of a secret that is marked for deletion.
 */
final class DescribeSecretOperation implements Operation {

	@Override
	public Set<String> parameters() {
		return Set.of("SecretId");
	}

	@Override
	public ObjectNode execute(ApiCall call) {
		Secret secret = call.secrets().get(call.parameters().secretId());
		return Answers.description(secret, "VersionIdsToStages");
	}

}
