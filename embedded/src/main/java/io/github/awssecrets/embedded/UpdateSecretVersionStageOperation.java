package io.github.awssecrets.embedded;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * UpdateSecretVersionStage. A stage that is attached to a version is moved only if the
 * call says from which; {@code AWSCURRENT} can be moved, but not removed.
 */
final class UpdateSecretVersionStageOperation implements Operation {

	@Override
	public Set<String> parameters() {
		return Set.of("SecretId", "VersionStage", "RemoveFromVersionId", "MoveToVersionId");
	}

	@Override
	public ObjectNode execute(ApiCall call) {
		Parameters parameters = call.parameters();
		String id = parameters.secretId();
		String stage = parameters.requiredString("VersionStage", 1, 256);
		String from = parameters.string("RemoveFromVersionId", 32, 64);
		String to = parameters.string("MoveToVersionId", 32, 64);
		return Answers.identity(call.secrets().update(id, (secret) -> {
			check(secret.requireNotDeleted().versions(), stage, from, to);
			return secret.withVersions(secret.versions().move(stage, to), call.now());
		}));
	}

	private static void check(SecretVersions versions, String stage, @Nullable String from, @Nullable String to) {
		if (from == null && to == null) {
			throw ApiException.invalidParameter("You must provide RemoveFromVersionId, MoveToVersionId, or both.");
		}
		requireVersion(versions, from);
		requireValue(versions, to);
		String holder = versions.stages().get(stage);
		boolean stays = holder != null && holder.equals(to) && from == null;
		if (!stays) {
			requireHolder(stage, holder, from);
		}
		if (to == null && stage.equals(SecretVersions.CURRENT)) {
			throw ApiException
				.invalidParameter("You can only move staging label AWSCURRENT to a different secret version."
						+ " It can't be completely removed.");
		}
	}

	private static void requireVersion(SecretVersions versions, @Nullable String versionId) {
		if (versionId != null && versions.withId(versionId).isEmpty()) {
			throw ApiException.noSuchVersion(versionId);
		}
	}

	// A rotation may have left a version behind that has none.
	private static void requireValue(SecretVersions versions, @Nullable String versionId) {
		if (versionId != null && versions.withId(versionId).filter(SecretVersion::hasContent).isEmpty()) {
			throw ApiException.noSuchVersion(versionId);
		}
	}

	private static void requireHolder(String stage, @Nullable String holder, @Nullable String from) {
		if (holder == null && from != null) {
			throw ApiException
				.invalidParameter("Staging label %s is not attached to version %s.".formatted(stage, from));
		}
		if (holder != null && !holder.equals(from)) {
			String wrong = (from != null) ? "doesn't name the right version" : "can't be empty";
			throw ApiException.invalidParameter(("The parameter RemoveFromVersionId %s. Staging label %s is currently"
					+ " attached to version %s, so you must explicitly reference that version in RemoveFromVersionId.")
				.formatted(wrong, stage, holder));
		}
	}

}
