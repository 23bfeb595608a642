package io.github.awssecrets.retrieval;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Makes every spelling of a secret yield the same version. Two batches may see a secret
 * before and after a rotation; the answer that arrived last counts for all spellings.
 */
final class OneVersion {

	private OneVersion() {
	}

	static Map<Ask, RetrievalOutcome> of(Map<Ask, RetrievalOutcome> outcomes) {
		Map<Key, SecretVersion> versions = new HashMap<>();
		outcomes.forEach((ask, outcome) -> {
			if (outcome instanceof SecretVersion version) {
				versions.merge(Key.of(ask, version), version, OneVersion::later);
			}
		});
		Map<Ask, RetrievalOutcome> result = new LinkedHashMap<>();
		outcomes.forEach((ask, outcome) -> result.put(ask, (outcome instanceof SecretVersion version)
				? Objects.requireNonNull(versions.get(Key.of(ask, version))) : outcome));
		return result;
	}

	private static SecretVersion later(SecretVersion one, SecretVersion other) {
		return other.retrieved().isAfter(one.retrieved()) ? other : one;
	}

	private record Key(String arn, @Nullable String region, @Nullable String stage, @Nullable String versionId) {

		static Key of(Ask ask, SecretVersion version) {
			return new Key(version.arn(), version.region(), ask.stage(), ask.versionId());
		}

	}

}
