package io.github.awssecrets.retrieval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One look at the KMS keys of secrets, on the calling thread. What goes wrong only makes
 * keys unknown.
 */
final class KmsKeyLookup {

	private static final Log logger = LogFactory.getLog(KmsKeyLookup.class);

	private final RetrievalRun run;

	/* A secret may be asked for in several versions */
	private final Map<Ask, String> found = new LinkedHashMap<>();

	private final Set<Ask> asked = new LinkedHashSet<>();

	KmsKeyLookup(RetrievalRun run) {
		this.run = run;
	}

	Map<SecretSelector, String> find(Collection<SecretSelector> selectors) {
		Map<SecretSelector, String> keys = new LinkedHashMap<>();
		List<Cause> unknown = new ArrayList<>();
		for (SecretSelector selector : selectors) {
			try {
				String key = find(selector);
				if (key != null) {
					keys.put(selector, key);
				}
			}
			catch (CallFailedException ex) {
				unknown.add(ex.failure().cause());
				logger.debug("The KMS key of %s is not known: %s".formatted(selector.id(), ex.failure()));
			}
		}
		if (!unknown.isEmpty()) {
			logger.warn("The KMS keys of %d of %d secrets are not known: %s %s".formatted(unknown.size(),
					selectors.size(), SingleCall.DESCRIBE_ACTION, EnumSet.copyOf(unknown)));
		}
		return keys;
	}

	private @Nullable String find(SecretSelector selector) throws CallFailedException {
		String region = (selector.region() != null) ? selector.region() : this.run.context().regions().find();
		Ask secret = new Ask(region, selector.id(), null, null);
		if (this.asked.add(secret)) {
			Duration timeout = this.run.context().callTimeout(this.run.deadline().remaining());
			if (timeout.isZero()) {
				throw new CallFailedException(this.run.deadline().missed());
			}
			SecretsManagerCalls calls = this.run.calls(region);
			this.run
				.call(SingleCall.DESCRIBE_ACTION, List.of(),
						() -> Optional.ofNullable(calls.kmsKey(selector.id(), timeout)))
				.ifPresent((key) -> this.found.put(secret, key));
		}
		return this.found.get(secret);
	}

}
