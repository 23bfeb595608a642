package io.github.awssecrets.actuate;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The secrets of an application.
 *
 * @param region the Region of the application, or {@code null} if none was needed so far
 * @param watching whether secrets are polled again and again
 * @param lastPoll when the last poll was started, or {@code null} if none was
 * @param nextPoll when the next poll is due, or {@code null} if none is
 * @param pollError the class of what the last poll failed with as a whole, or
 * {@code null} if it did not
 * @param secrets the secrets in use
 * @param unresolved the references, imports and settings that have no value
 */
public record SecretsDescriptor(@Nullable String region, boolean watching, @Nullable Instant lastPoll,
		@Nullable Instant nextPoll, @Nullable String pollError, List<SecretDescriptor> secrets,
		List<UnresolvedDescriptor> unresolved) implements OperationResponseBody {

	public SecretsDescriptor {
		secrets = List.copyOf(secrets);
		unresolved = List.copyOf(unresolved);
	}

}
