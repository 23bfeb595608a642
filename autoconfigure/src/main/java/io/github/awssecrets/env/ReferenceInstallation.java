package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.Collection;
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

	private final UsedSecrets used;

	private final ResolutionLog log;

	private volatile @Nullable PendingRetrieval<Retrieved> pending;

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
	 * @param used is told which secrets are used
	 * @param effective is told what was found
	 * @param twinValues what the twins answer with
	 * @param installer makes the twins
	 */
	ReferenceInstallation(SecretsProperties settings, SourceProperties properties, TextResolver resolver,
			SecretSnapshots snapshots, SecretValues values, SecretImports imports, NamedSecrets named, UsedSecrets used,
			EffectiveProperties effective, TwinValues twinValues, TwinInstaller installer) {
		this.settings = settings;
		this.properties = properties;
		this.resolver = resolver;
		this.snapshots = snapshots;
		this.values = values;
		this.imports = imports;
		this.named = named;
		this.used = used;
		this.effective = effective;
		this.twinValues = twinValues;
		this.installer = installer;
		this.log = new ResolutionLog(settings, imports, named);
	}

	/**
	 * Install twins, without values as long as it is not known where secrets come from.
	 * @param failFast whether to fail if something has no value
	 * @throws UnresolvedReferenceException if there are imports without properties, or
	 * references without a value, and that is to fail; it names them all
	 */
	synchronized void install(boolean failFast) {
		await();
		Found found = find();
		if (found != null) {
			end(found, retrieve(found), failFast);
			this.installer.install(found.scan(), this.twinValues);
		}
	}

	/**
	 * Install twins, and have the secrets retrieved on another thread while the
	 * application goes on to start: whoever reads a reference {@linkplain #await()
	 * waits}. What the properties of imports are is known only when they are retrieved,
	 * so if there are some, nothing goes on meanwhile.
	 * @param failFast whether to fail if something has no value
	 * @throws UnresolvedReferenceException if there are imports without properties, or
	 * references without a value, and that is to fail; it names them all. If others
	 * retrieve them, that comes when they are waited for
	 */
	synchronized void begin(boolean failFast) {
		Found found = find();
		if (found == null) {
			return;
		}
		if (!this.settings.enabled() || !found.reports().isEmpty() || !asksForSecrets(found)) {
			end(found, retrieve(found), failFast);
			this.installer.install(found.scan(), this.twinValues);
			return;
		}
		// Here, as beans may say where the secrets are
		this.snapshots.open();
		this.pending = PendingRetrieval.start(() -> retrieve(found), (retrieved) -> end(found, retrieved, failFast));
		this.installer.install(found.scan(), this.twinValues);
	}

	/**
	 * Wait until what was {@linkplain #begin(boolean) begun} is over, if it is not, and
	 * fail if it has failed.
	 * @throws UnresolvedReferenceException if there are imports without properties, or
	 * references without a value, and that is to fail; it names them all
	 */
	void await() {
		PendingRetrieval<Retrieved> pending = this.pending;
		if (pending != null) {
			pending.await();
			this.pending = null;
		}
	}

	/**
	 * Leave no thread behind, when the secrets have been closed.
	 */
	void awaitThread() {
		PendingRetrieval<Retrieved> pending = this.pending;
		if (pending != null) {
			pending.awaitThread();
		}
	}

	/**
	 * Look for what has to be retrieved, and retrieve what has to be known before that.
	 * @return what was found, or {@code null} if there is nothing to retrieve now
	 */
	private @Nullable Found find() {
		if (!this.values.areKnown()) {
			this.imports.logWait();
			this.installer.install(ReferenceScan.of(this.properties, this.resolver), this.twinValues);
			use(List.of());
			return null;
		}
		List<RetrievalReport> reports = new ArrayList<>();
		retrieveImports(reports);
		List<ReferenceProblem> withoutProperties = this.imports.install(this.snapshots.current());
		ReferenceScan scan = ReferenceScan.of(this.properties, this.resolver);
		this.effective.replace(scan);
		if (scan.isEmpty() && withoutProperties.isEmpty() && reports.isEmpty() && this.named.isEmpty()) {
			this.problems = List.of();
			this.installer.install(scan, this.twinValues);
			use(List.of());
			return null;
		}
		SpringEscapes.requireDefaultCharacter();
		return new Found(scan, new Resolutions(scan.effective().values(), this.properties, this.twinValues),
				withoutProperties, reports);
	}

	private boolean asksForSecrets(Found found) {
		return !this.named.isEmpty()
				|| found.effective().stream().anyMatch((property) -> found.resolutions().of(property).hasReferences());
	}

	/**
	 * Retrieve all that was found. Reads no property, so that any thread may do this
	 * while others add properties.
	 */
	private Retrieved retrieve(Found found) {
		List<RetrievalReport> reports = new ArrayList<>(found.reports());
		List<ReferenceProblem> problems = new ArrayList<>();
		List<ResolvedText> texts = new ArrayList<>();
		for (SourceProperty property : found.effective()) {
			Resolutions.Resolution resolution = found.resolutions().of(property);
			problems.addAll(resolution.problems());
			if (resolution.text() != null) {
				texts.add(resolution.text());
			}
		}
		Set<SecretSelector> selectors = selectors(texts);
		selectors.addAll(this.named.selectors());
		retrieve(selectors, reports);
		texts.forEach((text) -> problems.addAll(this.values.problems(text)));
		problems.addAll(this.named.problems(this.snapshots.current()));
		return new Retrieved(texts, problems.stream().distinct().toList(), reports);
	}

	private void end(Found found, Retrieved retrieved, boolean failFast) {
		List<ReferenceProblem> imports = found.importProblems();
		List<ReferenceProblem> references = retrieved.problems();
		this.problems = Stream.concat(imports.stream(), references.stream()).toList();
		use(retrieved.texts());
		report(imports, references, failFast);
		retrieved.reports()
			.forEach((report) -> this.log.resolved(retrieved.texts(), imports.size() + references.size(), report));
	}

	private void use(List<ResolvedText> texts) {
		this.used.replace(texts, this.imports.selectorsOfKeys());
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

	/**
	 * What there is to retrieve.
	 *
	 * @param scan the properties that hold or lead to references
	 * @param resolutions what the effective ones of them resolve to
	 * @param importProblems why imports have no properties
	 * @param reports what has been retrieved for imports
	 */
	private record Found(ReferenceScan scan, Resolutions resolutions, List<ReferenceProblem> importProblems,
			List<RetrievalReport> reports) {

		Collection<SourceProperty> effective() {
			return this.scan.effective().values();
		}

	}

	/**
	 * What came of retrieving.
	 *
	 * @param texts the texts of all effective properties
	 * @param problems what is wrong with their references
	 * @param reports what was retrieved
	 */
	private record Retrieved(List<ResolvedText> texts, List<ReferenceProblem> problems, List<RetrievalReport> reports) {

	}

}
