package io.github.awssecrets.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * DeleteSecret: marks a secret for deletion at the end of its recovery window, or deletes
 * it at once.
 */
final class DeleteSecretOperation implements Operation {

	private static final int DEFAULT_WINDOW = 30;

	@Override
	public Set<String> parameters() {
		return Set.of("SecretId", "RecoveryWindowInDays", "ForceDeleteWithoutRecovery");
	}

	@Override
	public ObjectNode execute(ApiCall call) {
		Parameters parameters = call.parameters();
		String id = parameters.secretId();
		Long window = parameters.number("RecoveryWindowInDays");
		boolean force = parameters.flag("ForceDeleteWithoutRecovery");
		if (force && window != null) {
			throw ApiException
				.invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
		}
		return force ? delete(call, id) : mark(call, id, window);
	}

	private static ObjectNode mark(ApiCall call, String id, @Nullable Long window) {
		long days = (window != null) ? window : DEFAULT_WINDOW;
		if (days < 7 || days > 30) {
			throw ApiException
				.invalidParameter("The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
		}
		Instant deletion = call.now().plus(Duration.ofDays(days));
		Secret secret = call.secrets().update(id, (found) -> found.requireNotDeleted().withDeletion(deletion));
		return Answers.identity(secret).put("DeletionDate", Json.timestamp(deletion));
	}

	// Deletes a secret at once. AWS doesn't complain if there is none.
	private static ObjectNode delete(ApiCall call, String id) {
		ObjectNode answer = call.secrets().find(id).map(Answers::identity).orElseGet(() -> {
			String name = SecretArn.toName(id);
			return Json.object().put("ARN", SecretArn.of(call.region(), name)).put("Name", name);
		});
		call.secrets().remove(id);
		return answer.put("DeletionDate", Json.timestamp(call.now()));
	}

}
