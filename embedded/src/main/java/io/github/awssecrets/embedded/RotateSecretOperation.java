package io.github.awssecrets.embedded;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * RotateSecret: configures rotation and starts one, which begins with a pending version
 * without a value and goes on after the answer. While an earlier one is incomplete, it is
 * refused and that one tried again; with the token of that one, it is what tries again. A
 * token whose rotation has ended does nothing.
 * <p>
 * Told not to rotate immediately, it runs testSecret only, with a pending version that is
 * a copy of the current one, and then removes that version.
 */
final class RotateSecretOperation implements Operation {

	static final int MAXIMUM_ARN = 2048;

	@Override
	public Set<String> parameters() {
		return Set.of("SecretId", "ClientRequestToken", "RotationLambdaARN", "RotationRules", "RotateImmediately");
	}

	@Override
	public ObjectNode execute(ApiCall call) {
		Parameters parameters = call.parameters();
		String id = parameters.secretId();
		String token = parameters.clientRequestToken();
		String lambdaArn = parameters.string("RotationLambdaARN", 0, MAXIMUM_ARN);
		RotationRules rules = RotationRules.of(parameters.structure("RotationRules"));
		boolean immediately = parameters.flag("RotateImmediately", true);
		Secret secret = call.secrets()
			.update(id, (found) -> prepare(call, found.requireNotDeleted(), token, lambdaArn, rules, immediately));
		String pending = secret.versions().stages().get(SecretVersions.PENDING);
		if (pending != null && secret.versions().isPending(pending)) {
			call.rotations().start(call, secret, pending, immediately || !pending.equals(token));
			if (!pending.equals(token)) {
				throw ApiException.previousRotation();
			}
		}
		return Answers.identity(secret).put("VersionId", token);
	}

	private static Secret prepare(ApiCall call, Secret secret, String token, @Nullable String lambdaArn,
			@Nullable RotationRules rules, boolean immediately) {
		String pending = secret.versions().stages().get(SecretVersions.PENDING);
		boolean incomplete = secret.versions().isPending(pending);
		boolean known = secret.versions().withId(token).isPresent();
		if ((incomplete || known) && !token.equals(pending)) {
			return secret;
		}
		RotationSettings settings = settings(call, secret, lambdaArn, rules);
		Secret configured = secret.withRotation(settings, call.now());
		if (known) {
			return configured;
		}
		SecretContent content = immediately ? null
				: secret.versions().withStage(SecretVersions.CURRENT).map(SecretVersion::content).orElse(null);
		return configured.withVersions(
				secret.versions().withPending(new SecretVersion(token, content, call.now(), null)), call.now());
	}

	private static RotationSettings settings(ApiCall call, Secret secret, @Nullable String lambdaArn,
			@Nullable RotationRules rules) {
		RotationSettings before = secret.rotation();
		String arn = ((lambdaArn != null && !lambdaArn.isEmpty()) || before == null) ? lambdaArn : before.lambdaArn();
		if (arn == null || arn.isEmpty()) {
			throw ApiException.noRotator();
		}
		if (!call.rotations().isRegistered(arn)) {
			throw ApiException.unknownRotator(arn);
		}
		return new RotationSettings(true, arn, (rules != null || before == null) ? rules : before.rules(), call.now(),
				(before != null) ? before.lastRotated() : null);
	}

}
