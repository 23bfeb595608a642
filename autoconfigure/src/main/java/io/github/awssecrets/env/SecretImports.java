package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.github.awssecrets.reference.KeyResult;
import io.github.awssecrets.reference.KeySelector;
import io.github.awssecrets.reference.ResolvedReference;
import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretReference;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.snapshot.Snapshot;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * The imports of secrets among the sources of an Environment. Each becomes a source of
 * references, which then are treated as all others are.
 */
final class SecretImports {

	private static final Log logger = LogFactory.getLog(SecretImports.class);

	private final MutablePropertySources sources;

	private final ReferencePolicy policy;

	private final Set<String> logged = new HashSet<>();

	SecretImports(MutablePropertySources sources, ReferencePolicy policy) {
		this.sources = sources;
		this.policy = policy;
	}

	/**
	 * Return what has to be retrieved before the properties of the imports are known.
	 * @return the secrets of the imports that are not refused
	 */
	Set<SecretSelector> selectors() {
		Set<SecretSelector> selectors = new LinkedHashSet<>();
		for (SecretImportPropertySource source : find()) {
			if (refusal(source) == null) {
				selectors.add(source.getSource().selector());
			}
		}
		return selectors;
	}

	/**
	 * Return why imports are refused.
	 * @return the problems
	 */
	List<ReferenceProblem> refusals() {
		return find().stream().map(this::refusal).filter(Objects::nonNull).toList();
	}

	/**
	 * Load config data again, and remove the imports that are not there any more. Spring
	 * Cloud never removes a source.
	 * @param reload loads config data again, which makes new sources
	 */
	void removeVanished(Runnable reload) {
		List<SecretImportPropertySource> before = find();
		reload.run();
		Set<SecretImportPropertySource> after = Collections.newSetFromMap(new IdentityHashMap<>());
		after.addAll(find());
		before.stream().filter(after::contains).forEach((source) -> this.sources.remove(source.getName()));
	}

	/**
	 * Return the secrets of all imports whose keys are properties.
	 */
	Set<SecretSelector> selectorsOfKeys() {
		Set<SecretSelector> selectors = new LinkedHashSet<>();
		for (SecretImportPropertySource source : find()) {
			if (refusal(source) == null && source.getSource().name() == null) {
				selectors.add(source.getSource().selector());
			}
		}
		return selectors;
	}

	/**
	 * Give each import the references to the keys that its secret has in a snapshot. Keys
	 * that a later version adds become properties here too.
	 * @param snapshot the secrets; those of the imports are not in it if none are to be
	 * retrieved
	 * @return why imports have no properties
	 */
	List<ReferenceProblem> install(Snapshot snapshot) {
		List<ReferenceProblem> problems = new ArrayList<>();
		List<SecretImportPropertySource> imports = find();
		EarlyProperties early = imports.isEmpty() ? EarlyProperties.always() : EarlyProperties.of(this.sources);
		for (SecretImportPropertySource source : imports) {
			ReferenceProblem refusal = refusal(source);
			RetrievalOutcome outcome = snapshot.outcome(source.getSource().selector());
			Map<String, String> references = (refusal != null) ? problem(source, refusal, problems)
					: references(source, outcome, problems);
			this.sources.replace(source.getName(), source.with(without(early, source, references)));
		}
		return problems;
	}

	/**
	 * Log which imports have no properties yet.
	 */
	void logWait() {
		for (SecretImportPropertySource source : find()) {
			String message = "Import %s in %s has no properties until a container is asked for its secret; "
				.formatted(source.use().property().text(), Locations.describe(source.use().property()))
					+ "conditions do not see them";
			if (source.getPropertyNames().length == 0 && this.logged.add(message)) {
				logger.info(message);
			}
		}
	}

	/**
	 * Return how many imports ask for some of these secrets.
	 * @param selectors the secrets
	 * @return the number of imports
	 */
	long count(Set<SecretSelector> selectors) {
		return find().stream().filter((source) -> selectors.contains(source.getSource().selector())).count();
	}

	private List<SecretImportPropertySource> find() {
		List<SecretImportPropertySource> imports = new ArrayList<>();
		for (PropertySource<?> source : this.sources) {
			if (source instanceof SecretImportPropertySource secret) {
				imports.add(secret);
			}
		}
		// In the order in which people write them: the last one wins
		Collections.reverse(imports);
		return imports;
	}

	private @Nullable ReferenceProblem refusal(SecretImportPropertySource source) {
		ReferenceProblem problem = this.policy.problem(source.use(), wanted(source.getSource()));
		return (problem == null && !this.policy.isTrusted(source)) ? ReferenceProblems.notTrusted(source.use(), source)
				: problem;
	}

	private static ResolvedReference wanted(SecretImport secret) {
		return new ResolvedReference(secret.selector(), new KeySelector.Whole());
	}

	private static Map<String, String> references(SecretImportPropertySource source, @Nullable RetrievalOutcome outcome,
			List<ReferenceProblem> problems) {
		SecretImport secret = source.getSource();
		boolean missing = outcome == null
				|| (outcome instanceof RetrievalFailure failure && failure.cause() == RetrievalFailure.Cause.NOT_FOUND);
		if (missing && secret.optional()) {
			return Map.of();
		}
		if (outcome instanceof SecretVersion version) {
			return (secret.name() != null) ? whole(secret) : keys(source, version, problems);
		}
		return problem(source,
				(outcome instanceof RetrievalFailure failure)
						? RetrievalProblems.describe(source.use(), wanted(secret), failure)
						: ImportProblems.disabled(source.use()),
				problems);
	}

	/**
	 * Note a problem. If the name of the property is known all the same, whoever reads it
	 * shall fail.
	 */
	private static Map<String, String> problem(SecretImportPropertySource source, ReferenceProblem problem,
			List<ReferenceProblem> problems) {
		problems.add(problem);
		return whole(source.getSource());
	}

	private static Map<String, String> whole(SecretImport secret) {
		return (secret.name() != null) ? Map.of(secret.property(secret.name()), secret.whole().toString()) : Map.of();
	}

	private static Map<String, String> keys(SecretImportPropertySource source, SecretVersion version,
			List<ReferenceProblem> problems) {
		SecretImport secret = source.getSource();
		SecretContent content = version.content();
		KeyResult reason = content.lackOfKeys();
		if (reason != null) {
			return problem(source, ImportProblems.noKeys(source.use(), secret, version, reason), problems);
		}
		Map<String, String> references = new LinkedHashMap<>();
		for (String key : content.keys()) {
			SecretReference reference = secret.reference(key);
			boolean found = content.find(reference.resolve(UnaryOperator.identity()).key()) instanceof KeyResult.Found;
			// Nobody can read a property without a name
			if (found && !secret.property(key).isEmpty()) {
				references.put(secret.property(key), reference.toString());
			}
		}
		return references;
	}

	private Map<String, String> without(EarlyProperties early, SecretImportPropertySource source,
			Map<String, String> references) {
		Map<String, String> others = new LinkedHashMap<>(references);
		others.keySet().removeIf((name) -> early.groupOf(ConfigurationPropertyName.adapt(name, '.')) != null);
		if (others.size() < references.size()) {
			Set<String> ignored = new LinkedHashSet<>(references.keySet());
			ignored.removeAll(others.keySet());
			warn("Ignored %s of import %s in %s, as such properties are read before secrets can be retrieved".formatted(
					String.join(", ", ignored), source.use().property().text(),
					Locations.describe(source.use().property())));
		}
		return others;
	}

	private void warn(String message) {
		if (this.logged.add(message)) {
			logger.warn(message);
		}
	}

}
