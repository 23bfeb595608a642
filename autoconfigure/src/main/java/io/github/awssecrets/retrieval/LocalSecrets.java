package io.github.awssecrets.retrieval;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import io.github.awssecrets.reference.SecretSelector;
import org.jspecify.annotations.Nullable;

/**
 * The secrets in a file, as it was when it was read. A secret that is called by its name
 * there answers to its ARN as well, and the other way round; what the file calls exactly
 * as asked for goes first, then what has the Region asked for, then what stands first.
 */
record LocalSecrets(List<LocalSecret> secrets) {

	LocalSecrets {
		secrets = List.copyOf(secrets);
	}

	/**
	 * Find a version of a secret.
	 * @param selector what is asked for
	 * @return the version, or {@code null} if the file has none
	 */
	@Nullable LocalSecret find(SecretSelector selector) {
		return this.secrets.stream()
			.filter((secret) -> isSameSecret(secret.selector(), selector)
					&& Objects.equals(secret.selector().stage(), selector.stage())
					&& Objects.equals(secret.selector().versionId(), selector.versionId()))
			.min(Comparator.comparingInt((secret) -> distance(secret.selector(), selector)))
			.orElse(null);
	}

	/**
	 * Return whether there is any version of a secret.
	 * @param selector what is asked for
	 * @return whether the file has the secret
	 */
	boolean contains(SecretSelector selector) {
		return this.secrets.stream().anyMatch((secret) -> isSameSecret(secret.selector(), selector));
	}

	private static boolean isSameSecret(SecretSelector there, SecretSelector asked) {
		boolean sameRegion = there.region() == null || asked.region() == null || there.region().equals(asked.region());
		boolean sameId = (there.id().isArn() && asked.id().isArn()) ? there.id().equals(asked.id())
				: there.id().name().equals(asked.id().name());
		return sameId && sameRegion;
	}

	private static int distance(SecretSelector there, SecretSelector asked) {
		return (there.id().equals(asked.id()) ? 0 : 2) + (Objects.equals(there.region(), asked.region()) ? 0 : 1);
	}

}
