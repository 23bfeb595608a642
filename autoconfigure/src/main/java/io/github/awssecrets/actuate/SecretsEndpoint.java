package io.github.awssecrets.actuate;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

import io.github.awssecrets.env.SecretPermissions;
import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.refresh.OnDemandPoll;
import io.github.awssecrets.refresh.RefreshEventApplier;
import io.github.awssecrets.refresh.SecretsWatcher;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.util.StringUtils;

/**
 * {@link Endpoint @Endpoint} that shows the secrets in use, and polls them on demand.
 * Polling needs unrestricted access, which has to be granted.
 */
@Endpoint(id = "secrets", defaultAccess = Access.READ_ONLY)
public final class SecretsEndpoint {

	/** Not the name of a secret here: that has to be asked for by its ARN. */
	static final String POLICY = "policy";

	private final SecretsReporter reporter;

	private final OnDemandPoll poll;

	private final SecretPermissions permissions;

	/**
	 * Create an endpoint.
	 * @param secrets the secrets of the application
	 * @param watcher the watcher of its secrets
	 * @param applier applies changes
	 */
	public SecretsEndpoint(SecretsEnvironment secrets, SecretsWatcher watcher, RefreshEventApplier applier) {
		this.reporter = new SecretsReporter(secrets, watcher);
		this.poll = new OnDemandPoll(secrets, watcher, applier);
		this.permissions = new SecretPermissions(secrets);
	}

	/**
	 * Return the secrets in use.
	 * @return the secrets
	 */
	@ReadOperation
	public SecretsDescriptor secrets() {
		return this.reporter.report();
	}

	/**
	 * Return a secret in use, in all versions and Regions that are, or the IAM policy
	 * that the application needs for all of them.
	 * @param id the name or ARN in segments, as slashes in a path split it, or
	 * {@value #POLICY}
	 * @return the secret or the policy, or {@code null} if there is no such secret
	 */
	@ReadOperation
	public @Nullable OperationResponseBody secret(@Selector(match = Selector.Match.ALL_REMAINING) String... id) {
		String asked = String.join("/", id);
		if (asked.equals(POLICY)) {
			return new PolicyDescriptor(this.permissions.policy());
		}
		SecretsDescriptor all = this.reporter.report();
		List<SecretDescriptor> found = find(all, (one) -> one.equals(asked));
		if (found.isEmpty()) {
			// A path has neither leading nor double slashes
			found = find(all, (one) -> Arrays.equals(StringUtils.tokenizeToStringArray(one, "/"), id));
		}
		return found.isEmpty() ? null : new SecretsDescriptor(all.region(), all.watching(), all.lastPoll(),
				all.nextPoll(), all.pollError(), found, List.of());
	}

	private static List<SecretDescriptor> find(SecretsDescriptor all, Predicate<String> condition) {
		return all.secrets()
			.stream()
			.filter((secret) -> condition.test(secret.id()) || (secret.arn() != null && condition.test(secret.arn())))
			.toList();
	}

	/**
	 * Retrieve all secrets in use, and apply what has changed.
	 * @return what became of each
	 */
	@WriteOperation
	public PolledSecretsDescriptor poll() {
		return new PolledSecretsDescriptor(
				this.poll.run().stream().map(PolledSecretsDescriptor.PolledSecretDescriptor::of).toList());
	}

}
