package io.github.awssecrets.embedded;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * GetSecretValue.
 */
final class GetSecretValueOperation implements Operation {

	@Override
	public Set<String> parameters() {
		return Set.of("SecretId", "VersionId", "VersionStage");
	}

	@Override
	public ObjectNode execute(ApiCall call) {
		Parameters parameters = call.parameters();
		return retrieve(call, parameters.secretId(), parameters.string("VersionId", 32, 64),
				parameters.string("VersionStage", 1, 256));
	}

	// Retrieves a version, the current one unless an id or stage says otherwise.
	static ObjectNode retrieve(ApiCall call, String secretId, @Nullable String versionId, @Nullable String stage) {
		Secret secret = call.secrets().get(secretId).requireNotDeleted();
		SecretVersion version = version(secret.versions(), versionId, stage);
		call.checkKey(secret);
		call.secrets().update(secretId, (found) -> found.accessed(version.id(), call.now()));
		return Answers.value(secret, version);
	}

	private static SecretVersion version(SecretVersions versions, @Nullable String versionId, @Nullable String stage) {
		if (versionId == null) {
			String wanted = (stage != null) ? stage : SecretVersions.CURRENT;
			return versions.withStage(wanted)
				.filter(SecretVersion::hasContent)
				.orElseThrow(() -> ApiException.noSuchStage(wanted));
		}
		SecretVersion version = versions.withId(versionId)
			.filter(SecretVersion::hasContent)
			.orElseThrow(() -> ApiException.noSuchVersion(versionId));
		if (stage != null && !versions.stagesOf(versionId).contains(stage)) {
			throw ApiException
				.invalidRequest("You provided a VersionStage that is not associated to the provided VersionId.");
		}
		return version;
	}

}
