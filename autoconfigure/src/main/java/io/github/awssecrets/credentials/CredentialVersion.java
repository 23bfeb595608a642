package io.github.awssecrets.credentials;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.awssecrets.reference.SecretSelector;

/**
 * The versions of the secrets that credentials were taken from. Most often that is one
 * version of one secret.
 *
 * @param ids the ids of the versions, by what was asked for
 */
public record CredentialVersion(Map<SecretSelector, String> ids) {

	public CredentialVersion {
		ids = Collections.unmodifiableMap(new LinkedHashMap<>(ids));
	}

	/**
	 * Return this version for people.
	 * @return the ids of versions and secrets
	 */
	@Override
	public String toString() {
		return this.ids.entrySet()
			.stream()
			.map((entry) -> "version %s of secret %s".formatted(entry.getValue(), entry.getKey().id()))
			.collect(Collectors.joining(" and "));
	}

}
