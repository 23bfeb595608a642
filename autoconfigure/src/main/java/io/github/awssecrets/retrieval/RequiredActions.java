package io.github.awssecrets.retrieval;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import org.jspecify.annotations.Nullable;

/**
 * The IAM actions that retrieving secrets takes.
 */
public final class RequiredActions {

	/**
	 * What each secret takes, retrieved in a batch or alone.
	 */
	public static final String GET_SECRET_VALUE = SingleCall.ACTION;

	/**
	 * What batches take besides.
	 */
	public static final String BATCH_GET_SECRET_VALUE = BatchCall.ACTION;

	/**
	 * What it takes to find out when a deleted secret will be gone, and with which key a
	 * secret is encrypted.
	 */
	public static final String DESCRIBE_SECRET = SingleCall.DESCRIBE_ACTION;

	private static final String SOMEWHERE = "";

	private RequiredActions() {
	}

	/**
	 * Return whether some of these secrets are retrieved in batches.
	 * @param selectors all that is retrieved
	 * @param ownRegion the application's own Region, or {@code null} if it is not known,
	 * and so may be any of the others
	 * @return whether there is a batch
	 */
	public static boolean includeBatches(Collection<SecretSelector> selectors, @Nullable String ownRegion) {
		Map<String, Set<SecretId>> current = new HashMap<>();
		for (SecretSelector selector : selectors) {
			Ask ask = Ask.of(selector, ownRegion);
			if (ask.isCurrent()) {
				String region = (ask.region() != null) ? ask.region() : SOMEWHERE;
				current.computeIfAbsent(region, (key) -> new LinkedHashSet<>()).add(ask.id());
			}
		}
		return current.values().stream().anyMatch((ids) -> CallPlan.takeBatch(ids.size()))
				|| (current.containsKey(SOMEWHERE) && current.size() > 1);
	}

}
