package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalReport;
import io.github.awssecrets.snapshot.SecretSnapshots;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.PlaceholderResolutionException;

/**
 * Looks for the references that count, has their secrets retrieved in one go, and
 * installs the twins that answer with them: as often as the sources change.
 */
final class ReferenceInstallation {

	private static final Log logger = LogFactory.getLog(ReferenceInstallation.class);

	private final SecretsProperties settings;

	private final SourceProperties properties;

	private final TextResolver resolver;

	private final SecretSnapshots snapshots;

	private final SecretValues values;

	private final SecretImports imports;

	private final NamedSecrets named;

	private final EffectiveProperties effective;

	private final TwinValues twinValues;

	private final TwinInstaller installer;

	private final ResolutionLog log;

	private volatile List<ReferenceProblem> problems = List.of();

	private volatile @Nullable String region;

	/**
	 * Create an installation that has not looked for references yet.
	 * @param settings the settings
	 * @param properties the properties of the Environment
	 * @param resolver finds the references in them
	 * @param snapshots the secrets
	 * @param values the values of resolved texts
	 * @param imports the imports of the Environment
	 * @param named the secrets that settings name
	 * @param effective is told what was found
	 * @param twinValues what the twins answer with
	 * @param installer makes the twins
	 */
	ReferenceInstallation(SecretsProperties settings, SourceProperties properties, TextResolver resolver,
			SecretSnapshots snapshots, SecretValues values, SecretImports imports, NamedSecrets named,
			EffectiveProperties effective, TwinValues twinValues, TwinInstaller installer) {
		this.settings = settings;
		this.properties = properties;
		this.resolver = resolver;
		this.snapshots = snapshots;
		this.values = values;
		this.imports = imports;
		this.named = named;
		this.effective = effective;
		this.twinValues = twinValues;
		this.installer = installer;
		this.log = new ResolutionLog(settings, imports, named);
	}

	/**
	 * Install twins, without values as long as it is not known where secrets come from.
	 * @param failFast whether to fail if something has no value
	 * @return the texts of all effective properties
	 * @throws UnresolvedReferenceException if there are imports without properties, or
	 * references without a value, and that is to fail; it names them all
	 */
	synchronized List<ResolvedText> install(boolean failFast) {
		if (!this.values.areKnown()) {
			this.imports.logWait();
			this.installer.install(ReferenceScan.of(this.properties, this.resolver), this.twinValues);
			return List.of();
		}
		List<RetrievalReport> reports = new ArrayList<>();
		retrieveImports(reports);
		List<ReferenceProblem> withoutProperties = this.imports.install(this.snapshots.current());
		ReferenceScan scan = ReferenceScan.of(this.properties, this.resolver);
		this.effective.replace(scan);
		if (scan.isEmpty() && withoutProperties.isEmpty() && reports.isEmpty() && this.named.isEmpty()) {
			this.problems = List.of();
			this.installer.install(scan, this.twinValues);
			return List.of();
		}
		SpringEscapes.requireDefaultCharacter();
		List<ReferenceProblem> problems = new ArrayList<>();
		List<ResolvedText> texts = this.properties.withNamesAsTheyAre(() -> resolve(scan, problems));
		Set<SecretSelector> selectors = selectors(texts);
		selectors.addAll(this.named.selectors());
		retrieve(selectors, reports);
		texts.forEach((text) -> problems.addAll(this.values.problems(text)));
		problems.addAll(this.named.problems(this.snapshots.current()));
		List<ReferenceProblem> distinct = problems.stream().distinct().toList();
		this.problems = Stream.concat(withoutProperties.stream(), distinct.stream()).toList();
		report(withoutProperties, distinct, failFast);
		reports.forEach((report) -> this.log.resolved(texts, withoutProperties.size() + distinct.size(), report));
		this.installer.install(scan, this.twinValues);
		return texts;
	}

	/**
	 * Retrieve the secrets of imports, and in the same go those of the references that
	 * count as far as can be said before the imports have properties.
	 */
	private void retrieveImports(List<RetrievalReport> reports) {
		Set<SecretSelector> imported = this.imports.selectors();
		if (this.settings.enabled() && !this.snapshots.current().missing(imported).isEmpty()) {
			Set<SecretSelector> selectors = new LinkedHashSet<>(imported);
			for (SourceProperty property : ReferenceScan.of(this.properties, this.resolver).effective().values()) {
				try {
					selectors.addAll(selectors(List.of(this.twinValues.resolveLeniently(property))));
				}
				catch (RuntimeException ex) {
					logger.debug("Property '%s' cannot be resolved before imports are".formatted(property.name()));
				}
			}
			retrieve(selectors, reports);
		}
	}

	private List<ResolvedText> resolve(ReferenceScan scan, List<ReferenceProblem> problems) {
		List<ResolvedText> texts = new ArrayList<>();
		for (SourceProperty property : scan.effective().values()) {
			try {
				texts.add(this.twinValues.resolve(property));
			}
			catch (UnresolvedReferenceException ex) {
				problems.addAll(ex.getProblems());
			}
			catch (PlaceholderResolutionException ex) {
				problems.add(ReferenceProblems.placeholder(property, ex));
			}
			catch (RuntimeException ex) {
				logger.debug("Property '%s' cannot be read yet".formatted(property.name()));
			}
		}
		return texts;
	}

	private void retrieve(Set<SecretSelector> selectors, List<RetrievalReport> reports) {
		RetrievalReport report = this.settings.enabled() ? this.snapshots.retrieve(selectors) : null;
		if (report != null) {
			reports.add(report);
			this.region = (report.region() != null) ? report.region() : this.region;
		}
	}

	private static Set<SecretSelector> selectors(List<ResolvedText> texts) {
		Set<SecretSelector> selectors = new LinkedHashSet<>();
		for (ResolvedText text : texts) {
			for (ResolvedText.Piece piece : text.pieces()) {
				if (piece instanceof ResolvedText.Target target && target.reference() != null) {
					selectors.add(target.reference().selector());
				}
			}
		}
		return selectors;
	}

	private void report(List<ReferenceProblem> imports, List<ReferenceProblem> references, boolean failFast) {
		List<ReferenceProblem> problems = new ArrayList<>(imports);
		if (this.settings.enabled()) {
			problems.addAll(references);
		}
		if (failFast && !problems.isEmpty()) {
			throw UnresolvedReferenceException.failFast(problems);
		}
		this.log.unresolved(imports, references);
	}

	/**
	 * Return what had no value when it was looked for last.
	 * @return the problems, of effective properties only
	 */
	List<ReferenceProblem> problems() {
		return this.problems;
	}

	/**
	 * Return the Region that was called last where none was asked for.
	 * @return the Region, or {@code null} if nothing was retrieved there
	 */
	@Nullable String region() {
		return this.region;
	}

}
