package io.github.awssecrets.actuate;

import java.util.List;
import java.util.Locale;

import io.github.awssecrets.env.FailureDescription;
import io.github.awssecrets.refresh.PolledSecret;
import io.github.awssecrets.refresh.SecretState;
import io.github.awssecrets.refresh.SecretStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What became of the secrets in a poll that was asked for.
 *
 * @param secrets the secrets in use
 */
public record PolledSecretsDescriptor(List<PolledSecretDescriptor> secrets) implements OperationResponseBody {

	public PolledSecretsDescriptor {
		secrets = List.copyOf(secrets);
	}

	/**
	 * What became of a secret.
	 *
	 * @param id the name or ARN, as references write it
	 * @param stage the stage that references ask for, or {@code null} if they do not
	 * @param version the version id that references ask for, or {@code null} if they do
	 * not
	 * @param outcome what became of it in a word, see {@code docs/actuator.md}
	 * @param versionId the id of the version in use, or {@code null} if there is none
	 * @param from the id of the version in use before, or {@code null} if that is the
	 * same, or there was none
	 * @param rejectedVersionId the id of the version that was rejected, or {@code null}
	 * if none was
	 * @param pendingVersionId the id of the version that is accepted, and could not be
	 * applied, or {@code null}
	 * @param reason why a version was rejected, or {@code null} if none was
	 * @param cause why the secret cannot be retrieved in a word or two, or {@code null}
	 * if it can
	 * @param error the same as a sentence; the class of what the poll failed with if it
	 * failed as a whole; {@code null} if nothing failed
	 * @param action what to do about it, or {@code null} likewise
	 */
	public record PolledSecretDescriptor(String id, @Nullable String stage, @Nullable String version, String outcome,
			@Nullable String versionId, @Nullable String from, @Nullable String rejectedVersionId,
			@Nullable String pendingVersionId, @Nullable String reason, @Nullable String cause, @Nullable String error,
			@Nullable String action) {

		static PolledSecretDescriptor of(PolledSecret polled) {
			SecretStatus status = polled.status();
			FailureDescription failure = (status != null && status.failure() != null)
					? FailureDescription.of(polled.selector(), status.failure()) : null;
			return new PolledSecretDescriptor(polled.selector().id().value(), polled.selector().stage(),
					polled.selector().versionId(), outcome(polled, status), polled.newVersionId(),
					polled.isRotated() ? polled.oldVersionId() : null,
					(status != null) ? status.rejectedVersionId() : null,
					(status != null) ? status.pendingVersionId() : null, (status != null) ? status.reason() : null,
					(failure != null) ? failure.cause() : null,
					(failure != null) ? failure.description() : polled.error(),
					(failure != null) ? failure.action() : null);
		}

		private static String outcome(PolledSecret polled, @Nullable SecretStatus status) {
			if (status != null && status.state() == SecretState.PENDING) {
				return "pending";
			}
			if (polled.isRotated()) {
				return "rotated";
			}
			if (polled.error() != null) {
				return "failed";
			}
			if (status == null || status.state() == SecretState.CURRENT) {
				return "unchanged";
			}
			return (status.state() == SecretState.FAILING) ? "failed" : status.state().name().toLowerCase(Locale.ROOT);
		}

	}

}
