package io.github.awssecrets.env;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.github.awssecrets.permission.PermissionPolicy;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.SecretRetrieval;
import io.github.awssecrets.snapshot.Snapshot;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The permissions that an application needs for its secrets.
 */
public final class SecretPermissions {

	/** Somebody waits for the answer. */
	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final SecretsEnvironment secrets;

	private final SecretsProperties settings;

	/**
	 * Create an instance.
	 * @param secrets the secrets of the application
	 */
	public SecretPermissions(SecretsEnvironment secrets) {
		this.secrets = secrets;
		this.settings = secrets.settings();
	}

	/**
	 * Return the policy for what a running application uses. Asks AWS with which keys
	 * that is encrypted.
	 * @return the policy
	 */
	public PermissionPolicy policy() {
		if (callsNobody()) {
			return PermissionPolicy.EMPTY;
		}
		Set<SecretSelector> required = this.secrets.requiredSecrets();
		Snapshot snapshot = this.secrets.snapshots().current();
		Map<SecretSelector, RetrievalOutcome> outcomes = new LinkedHashMap<>();
		required.forEach((selector) -> {
			RetrievalOutcome outcome = snapshot.outcome(selector);
			if (outcome != null) {
				outcomes.put(selector, outcome);
			}
		});
		return PermissionPolicy.of(required, outcomes, this.secrets.region(), this.settings.roleArn(),
				this.secrets.snapshots().kmsKeys(required, TIMEOUT));
	}

	/**
	 * Return the policy for what an application will use, without asking AWS.
	 * @param beanFactory the bean factory of the application, with all definitions
	 * @return the policy
	 * @throws UnresolvedReferenceException if there is something wrong with a reference
	 */
	PermissionPolicy policyAhead(ConfigurableListableBeanFactory beanFactory) {
		if (callsNobody()) {
			return PermissionPolicy.EMPTY;
		}
		Set<SecretSelector> required = new LinkedHashSet<>(this.secrets.survey().secrets());
		required.addAll(BeanReferences.find(beanFactory, this.secrets));
		return PermissionPolicy.of(required, Map.of(),
				SecretRetrieval.configuredRegion(this.settings.toRetrievalSettings()), this.settings.roleArn(),
				Map.of());
	}

	private boolean callsNobody() {
		return !this.settings.enabled() || this.settings.local() != null;
	}

}
