package io.github.awssecrets.env;

import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;

/**
 * Where a resolved value comes from: the place of the reference, and the versions of the
 * secrets it was made from.
 *
 * @param reference where the reference was written, or {@code null} if that is not known
 * @param versions the version id of each secret, by the secret's name or ARN as written
 */
public record SecretOrigin(@Nullable Origin reference, Map<String, String> versions) implements Origin {

	public SecretOrigin {
		versions = Map.copyOf(versions);
	}

	@Override
	public @Nullable Origin getParent() {
		return this.reference;
	}

	/**
	 * Return the secrets in words.
	 * @return such as {@code secret prod/db, version 1b1f9d64-...}
	 */
	String secrets() {
		return this.versions.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.map((entry) -> "secret %s, version %s".formatted(entry.getKey(), entry.getValue()))
			.collect(Collectors.joining("; "));
	}

	@Override
	public String toString() {
		return (this.reference != null) ? "%s (%s)".formatted(this.reference, secrets()) : secrets();
	}

}
