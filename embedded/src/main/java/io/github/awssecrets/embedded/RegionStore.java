package io.github.awssecrets.embedded;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The secrets of one Region, by name, in the order of their creation. Every method is one
 * atomic step under one lock; secrets themselves are immutable. A secret whose recovery
 * window has passed is gone.
 */
final class RegionStore {

	private final String region;

	private final Clock clock;

	private final Identifiers identifiers;

	private final Map<String, Secret> secrets = new LinkedHashMap<>();

	RegionStore(String region, Clock clock, Identifiers identifiers) {
		this.region = region;
		this.clock = clock;
		this.identifiers = identifiers;
	}

	// Finds a secret by name, complete or partial ARN, marked for deletion or not.
	synchronized Optional<Secret> find(String id) {
		Secret secret = this.secrets.get(SecretArn.toName(id));
		if (secret == null || isPastDeletion(secret) || !matches(secret, id)) {
			return Optional.empty();
		}
		return Optional.of(secret);
	}

	private boolean matches(Secret secret, String id) {
		if (!SecretArn.isArn(id)) {
			return true;
		}
		return SecretArn.isComplete(id) ? secret.arn().equals(id) : SecretArn.isLocal(id, this.region);
	}

	private boolean isPastDeletion(Secret secret) {
		Instant deletion = secret.times().deletion();
		return deletion != null && !deletion.isAfter(this.clock.instant());
	}

	// Finds a secret. Throws ApiException if the id is malformed or there is no such
	// secret.
	Secret get(String id) {
		SecretArn.validate(id);
		return find(id).orElseThrow(ApiException::notFound);
	}

	synchronized List<Secret> all() {
		return this.secrets.values().stream().filter((secret) -> !isPastDeletion(secret)).toList();
	}

	/**
	 * Changes a secret, or adds one.
	 * @param name the name, valid
	 * @param metadata what describes it if it is new
	 * @param change what to do with it
	 * @return the secret as it is then
	 */
	synchronized Secret create(String name, Secret.Metadata metadata, UnaryOperator<Secret> change) {
		Secret secret = find(name).orElseGet(() -> {
			this.secrets.remove(name);
			String arn = SecretArn.of(this.region, name) + this.identifiers.arnSuffix();
			return Secret.create(arn, name, metadata, this.clock.instant());
		});
		return replace(change.apply(secret));
	}

	/**
	 * Changes a secret.
	 * @param id the secret's id
	 * @param change what to do with it
	 * @return the secret as it is then
	 * @throws ApiException if the id is malformed or there is no such secret
	 */
	synchronized Secret update(String id, UnaryOperator<Secret> change) {
		return replace(change.apply(get(id)));
	}

	synchronized void add(List<Secret> added) {
		added.forEach(this::replace);
	}

	synchronized void remove(String id) {
		find(id).ifPresent((secret) -> this.secrets.remove(secret.name()));
	}

	private Secret replace(Secret secret) {
		this.secrets.put(secret.name(), secret);
		return secret;
	}

}
