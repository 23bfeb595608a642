package io.github.awssecrets.permission;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.SecretVersion;

/**
 * The resources of secrets, as far as is known where they are.
 */
final class SecretResources {

	private final Caller caller;

	private final Map<SecretSelector, RetrievalOutcome> outcomes;

	SecretResources(Caller caller, Map<SecretSelector, RetrievalOutcome> outcomes) {
		this.caller = caller;
		this.outcomes = outcomes;
	}

	/**
	 * Return the resources of secrets for a policy. A secret that is asked for by its ARN
	 * is allowed as that one only, unless it is also asked for by its name.
	 * @param selectors the secrets
	 * @return the resources, sorted
	 */
	List<String> of(Collection<SecretSelector> selectors) {
		Set<String> resources = new TreeSet<>();
		selectors.stream()
			.filter((selector) -> !selector.id().isArn())
			.forEach((selector) -> resources.add(resource(selector).toString()));
		for (SecretSelector selector : selectors) {
			if (selector.id().isArn() && !resources.contains(resource(selector).toString())) {
				resources.add(selector.id().value());
			}
		}
		return List.copyOf(resources);
	}

	SecretResource resource(SecretSelector selector) {
		SecretId id = selector.id();
		if (id.isArn()) {
			return SecretResource.ofArn(id.value());
		}
		return (this.outcomes.get(selector) instanceof SecretVersion version) ? SecretResource.ofArn(version.arn())
				: SecretResource.ofName(id.value(), this.caller.partition(),
						(selector.region() != null) ? selector.region() : this.caller.region(), this.caller.account());
	}

}
