package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.awssecrets.reference.KeyResult;
import io.github.awssecrets.reference.KeySelector;
import io.github.awssecrets.reference.ResolvedReference;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.snapshot.Snapshot;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * The secrets that our settings name for the credentials of database connections, and
 * that no reference need name.
 */
final class NamedSecrets {

	private static final ConfigurationPropertyName SECRET = ConfigurationPropertyName
		.of(SecretsProperties.PREFIX + ".jdbc.secret");

	private static final ConfigurationPropertyName DATA_SOURCES = ConfigurationPropertyName
		.of(SecretsProperties.PREFIX + ".jdbc.data-sources");

	private static final List<String> KEYS = List.of("username", "password");

	private final Map<SettingUse, SecretSelector> secrets = new LinkedHashMap<>();

	private final ReferencePolicy policy;

	NamedSecrets(SecretsProperties settings, SourceProperties properties, ReferencePolicy policy) {
		this.policy = policy;
		if (settings.jdbc().secret() != null) {
			add(SECRET.toString(), settings.jdbc().secret(), properties);
		}
		settings.jdbc().dataSources().forEach((bean, id) -> add(DATA_SOURCES + "." + bean, id, properties));
	}

	private void add(String name, String id, SourceProperties properties) {
		SourceProperty property = properties.find(name);
		this.secrets.put(new SettingUse((property != null) ? property : new SourceProperty(name, id, null, null)),
				SecretSelector.current(new SecretId(id)));
	}

	/**
	 * Return whether a property is a setting that names a secret.
	 * @param name the name of the property
	 * @return whether it is one
	 */
	static boolean isSetting(String name) {
		ConfigurationPropertyName relaxed = ConfigurationPropertyName.adapt(name, '.');
		return SECRET.equals(relaxed) || DATA_SOURCES.isParentOf(relaxed);
	}

	/**
	 * Return what has to be retrieved.
	 * @return the secrets, but for those that are not allowed
	 */
	Set<SecretSelector> selectors() {
		return new LinkedHashSet<>(uses().values());
	}

	/**
	 * Return the settings and what they name.
	 * @return the secrets that are allowed, by the settings
	 */
	Map<SettingUse, SecretSelector> uses() {
		Map<SettingUse, SecretSelector> uses = new LinkedHashMap<>(this.secrets);
		uses.entrySet().removeIf((entry) -> this.policy.problem(entry.getKey(), wanted(entry.getValue())) != null);
		return uses;
	}

	/**
	 * Return what is used of the secrets.
	 * @return the keys of credentials
	 */
	Set<ResolvedReference> references() {
		Set<ResolvedReference> references = new LinkedHashSet<>();
		selectors().forEach((selector) -> KEYS
			.forEach((key) -> references.add(new ResolvedReference(selector, new KeySelector.Exact(key)))));
		return references;
	}

	/**
	 * Return what is wrong with the secrets.
	 * @param snapshot the secrets
	 * @return the problems
	 */
	List<ReferenceProblem> problems(Snapshot snapshot) {
		List<ReferenceProblem> problems = new ArrayList<>();
		this.secrets.forEach((use, selector) -> {
			ReferenceProblem refusal = this.policy.problem(use, wanted(selector));
			RetrievalOutcome outcome = snapshot.outcome(selector);
			if (refusal != null) {
				problems.add(refusal);
			}
			else if (outcome instanceof RetrievalFailure failure) {
				problems.add(RetrievalProblems.describe(use, wanted(selector), failure));
			}
			else if (outcome instanceof SecretVersion version) {
				problems.addAll(problems(use, selector, version));
			}
		});
		return problems;
	}

	private static List<ReferenceProblem> problems(SettingUse use, SecretSelector selector, SecretVersion version) {
		List<String> missing = KEYS.stream()
			.filter((key) -> !(version.content().find(new KeySelector.Exact(key)) instanceof KeyResult.Found))
			.toList();
		if (missing.isEmpty()) {
			return List.of();
		}
		String description = (version.content().lackOfKeys() != null)
				? "%s is not a JSON object, and so has no keys to log in with.".formatted(selector.id())
				: "%s has no key '%s'. Its keys: %s.".formatted(selector.id(), String.join("' and no key '", missing),
						KeyProblems.list(version.content().keys()));
		return List.of(use.problem(description, "Correct the secret, or the setting.")
			.about(new AskedSecret(selector.id().value(), version.region(), null)));
	}

	private static ResolvedReference wanted(SecretSelector selector) {
		return new ResolvedReference(selector, new KeySelector.Whole());
	}

	boolean isEmpty() {
		return this.secrets.isEmpty();
	}

	/**
	 * Return how many settings name one of these secrets.
	 * @param selectors the secrets
	 * @return the number of settings
	 */
	long count(Set<SecretSelector> selectors) {
		return this.secrets.values().stream().filter(selectors::contains).count();
	}

}
