package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.awssecrets.connection.ServiceConnections;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalListener;
import io.github.awssecrets.retrieval.RetrievalListeners;
import io.github.awssecrets.retrieval.RetrievalReport;
import io.github.awssecrets.retrieval.SecretRetrieval;
import io.github.awssecrets.snapshot.SecretSnapshots;
import io.github.awssecrets.snapshot.Snapshot;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.AbstractPropertyResolver;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.util.PlaceholderResolutionException;

/**
 * The secrets of one Environment: finds the references that count, has their secrets
 * retrieved in one go, and installs the twins that answer with them. One for each
 * application, carried by the {@link SecretsMarker}, closed with its context.
 */
public final class SecretsEnvironment implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(SecretsEnvironment.class);

	private final SecretsProperties settings;

	private final SourceProperties properties;

	private final ServiceConnections connections;

	private final RetrievalListeners listeners;

	private final SecretSnapshots snapshots;

	private final SecretValues values;

	private final ReferencePolicy policy;

	private final TextResolver resolver;

	private final SecretImports imports;

	private final NamedSecrets named;

	private final TwinValues twinValues;

	private final TwinInstaller installer;

	private final SourceUpdate sourceUpdate;

	private final SecretLookups lookups;

	private final SuspiciousTexts suspiciousTexts;

	private final UsedSecrets used;

	private final ResolutionLog log;

	private volatile Map<ConfigurationPropertyName, SourceProperty> effective = Map.of();

	private volatile List<ReferenceProblem> problems = List.of();

	private volatile @Nullable String region;

	/**
	 * Create an instance that has not looked for references yet.
	 * @param environment the Environment
	 * @param connections where secrets come from, if the settings do not say it
	 * @param listeners are told what retrievals do
	 * @param retrievals creates the retrieval, if there is anything to retrieve
	 */
	SecretsEnvironment(ConfigurableEnvironment environment, ServiceConnections connections,
			RetrievalListeners listeners, Function<SecretsProperties, SecretRetrieval> retrievals) {
		MutablePropertySources sources = environment.getPropertySources();
		this.properties = new SourceProperties(sources);
		this.settings = SettingsBinder.bind(this.properties);
		this.connections = connections;
		this.listeners = listeners;
		if (this.settings.printPolicy()) {
			connections.suspend();
		}
		else if (this.settings.enabled() && this.settings.local() == null) {
			connections.await(environment, this.settings.endpoint());
		}
		this.snapshots = new SecretSnapshots(() -> listeners.listenTo(retrievals.apply(this.settings)),
				this.settings.startupTimeout());
		this.values = new SecretValues(this.snapshots, this.settings.enabled(), connections::areAwaited);
		this.policy = new ReferencePolicy(this.settings);
		this.resolver = new TextResolver(this.properties::find, this.policy, this.settings.syntax());
		this.imports = new SecretImports(sources, this.policy);
		this.named = new NamedSecrets(this.settings, this.properties, this.policy);
		this.used = new UsedSecrets(this.settings.enabled() ? this.named.references() : Set.of());
		this.log = new ResolutionLog(this.settings, this.imports, this.named);
		this.twinValues = new TwinValues(this.resolver, this.values, new ShownKeys(this.settings.shownKeys()));
		this.lookups = new SecretLookups(this.properties, this.resolver, this.values, this.policy, this.used);
		this.suspiciousTexts = new SuspiciousTexts(this.settings.syntax());
		this.installer = new TwinInstaller(sources);
		this.sourceUpdate = new SourceUpdate(environment, this.installer, this.twinValues);
	}

	/**
	 * Return the secrets of an Environment.
	 * @param environment the Environment
	 * @return the secrets, or {@code null} if it has none of its own
	 */
	public static @Nullable SecretsEnvironment find(Environment environment) {
		return (environment instanceof ConfigurableEnvironment configurable) ? SecretsMarker.find(configurable) : null;
	}

	/**
	 * Find the imports and references in the Environment as it is now, retrieve what has
	 * not been retrieved before, and install twins.
	 * @throws UnresolvedReferenceException if there are imports without properties, or
	 * references without a value, and the application is to fail fast; it names them all
	 * @throws SecretPropertyException if a property takes the name of references
	 */
	void install() {
		this.lookups.requireUnusedName();
		install(this.settings.failFast());
		// Again, for the keys of imports
		this.lookups.requireUnusedName();
	}

	/**
	 * Do the same before configuration classes are processed, if what was awaited has
	 * been started by now.
	 */
	void installStarted() {
		if (this.connections.endComposeWait()) {
			install();
		}
	}

	/**
	 * Do the same when all beans are defined, and nothing is awaited any more.
	 */
	void installAll() {
		this.connections.endWait();
		install();
	}

	/**
	 * Do the same after properties changed at run time: what cannot be resolved is
	 * logged, and fails when it is read.
	 */
	public void update() {
		install(false);
	}

	/**
	 * Load some sources again, and do the same with what came of it.
	 * @param loading puts what it has loaded into the Environment it is given
	 */
	public void update(Consumer<? super ConfigurableEnvironment> loading) {
		this.sourceUpdate.make(loading);
		update();
	}

	/**
	 * Load all config data again, and do the same with what came of it. Imports that are
	 * not there any more go with their properties.
	 * @param loading puts what it has loaded into the Environment it is given
	 */
	public void reload(Consumer<? super ConfigurableEnvironment> loading) {
		this.imports.removeVanished(() -> this.sourceUpdate.make(loading));
		update();
	}

	/**
	 * Return what the application uses: the secrets of effective references and of
	 * imports, and those that annotations and look-ups have read so far.
	 * @return the secrets
	 */
	public List<UsedSecret> usedSecrets() {
		return this.used.all();
	}

	/**
	 * Return the properties that have their values from secrets.
	 * @return the properties, and the annotations and look-ups that were read so far, by
	 * what they ask for
	 */
	public Map<SecretSelector, Set<PropertyUse>> propertyUses() {
		return PropertyUses.collect(this.effective.values(), this.twinValues, this.named, this.used);
	}

	/**
	 * Return why imports, references and settings have no value, as it was when they were
	 * looked for last: at start, at the last refresh or after the last rotation.
	 * @return the problems, of effective properties only
	 */
	public List<ReferenceProblem> problems() {
		return this.problems;
	}

	/**
	 * Return the Region of the application.
	 * @return the Region, or {@code null} if there is none, or none was needed so far
	 */
	public @Nullable String region() {
		return (this.region != null) ? this.region : this.settings.region();
	}

	/**
	 * Return all that the application asks for, answered or not.
	 * @return the secrets in use, and those of imports without properties
	 */
	Set<SecretSelector> requiredSecrets() {
		Set<SecretSelector> selectors = new LinkedHashSet<>(this.imports.selectors());
		this.used.all().forEach((secret) -> selectors.add(secret.selector()));
		return selectors;
	}

	/**
	 * Return what looks for references without retrieving anything.
	 * @return the survey
	 */
	ReferenceSurvey survey() {
		return new ReferenceSurvey(this.properties, this.resolver, this.imports, this.named, this.values);
	}

	/**
	 * Set who is told that the application uses other secrets than before.
	 * @param listener the listener, called by whoever reads or refreshes; must return
	 * soon
	 */
	public void onUseChange(Runnable listener) {
		this.used.onChange(listener);
	}

	/**
	 * Return the properties that have other values in another snapshot. Retrieves
	 * nothing.
	 * @param before a snapshot
	 * @param after the other snapshot
	 * @return the secrets that are in the values, by the names of the properties
	 */
	public Map<ConfigurationPropertyName, Set<SecretSelector>> changedProperties(Snapshot before, Snapshot after) {
		Map<ConfigurationPropertyName, Set<SecretSelector>> changed = new LinkedHashMap<>();
		this.effective.forEach((name, property) -> {
			String old = this.snapshots.reading(before, () -> this.twinValues.retrieved(property));
			String value = this.snapshots.reading(after, () -> this.twinValues.retrieved(property));
			if (!Objects.equals(old, value)) {
				changed.put(name, selectors(property));
			}
		});
		return changed;
	}

	/**
	 * Return the names of the properties that readers get from references.
	 * @return the names
	 */
	public Set<ConfigurationPropertyName> effectiveNames() {
		return this.effective.keySet();
	}

	/**
	 * Return the value that a property has from secrets in the snapshot that this thread
	 * reads from. Retrieves nothing.
	 * @param name the name of the property
	 * @return the value, or {@code null} if it has none, or none that comes from a
	 * reference
	 */
	public @Nullable String value(ConfigurationPropertyName name) {
		SourceProperty property = this.effective.get(name);
		return (property != null) ? this.twinValues.retrieved(property) : null;
	}

	/**
	 * Return the secrets that a property has its value from.
	 * @param name the name of the property
	 * @return the secrets, those of defaults included; empty if the value comes from none
	 */
	public Set<SecretSelector> selectors(ConfigurationPropertyName name) {
		SourceProperty property = this.effective.get(name);
		return (property != null) ? selectors(property) : Set.of();
	}

	private Set<SecretSelector> selectors(SourceProperty property) {
		Set<SecretSelector> selectors = new LinkedHashSet<>();
		try {
			UsedSecrets.references(this.twinValues.resolve(property))
				.forEach((reference) -> selectors.add(reference.selector()));
		}
		catch (UnresolvedReferenceException | PlaceholderResolutionException ex) {
			logger.debug("Property '%s' cannot be resolved".formatted(property.name()));
		}
		return selectors;
	}

	/**
	 * Add a listener to the retrievals of this application.
	 * @param listener the listener, told of all calls so far if the application is not
	 * ready yet
	 */
	public void addRetrievalListener(RetrievalListener listener) {
		this.listeners.add(listener);
	}

	/**
	 * Begin a picture of all properties on this thread: until it ends, reading a
	 * reference neither fails nor retrieves anything.
	 * @param pending the names of the properties that are to differ from any other
	 * picture
	 */
	public void beginPicture(Set<ConfigurationPropertyName> pending) {
		Map<ConfigurationPropertyName, SourceProperty> found = new LinkedHashMap<>(this.effective);
		found.keySet().retainAll(pending);
		pictures().begin(Set.copyOf(found.values()));
	}

	/**
	 * End the picture on this thread.
	 * @return whether there was one
	 */
	public boolean endPicture() {
		return pictures().end();
	}

	/**
	 * Say that the application is ready: sources that are added later are not trusted.
	 */
	void endStart() {
		this.listeners.endStart();
		this.policy.endStart(this.properties.sources());
		this.twinValues.forget();
	}

	private void install(boolean failFast) {
		List<ResolvedText> texts = installTwins(failFast);
		this.used.replace(texts, this.imports.selectorsOfKeys());
	}

	private synchronized List<ResolvedText> installTwins(boolean failFast) {
		this.suspiciousTexts.warn(this.properties);
		if (this.connections.areAwaited()) {
			this.imports.logWait();
			this.installer.install(ReferenceScan.of(this.properties, this.resolver), this.twinValues);
			return List.of();
		}
		List<RetrievalReport> reports = new ArrayList<>();
		retrieveImports(reports);
		List<ReferenceProblem> withoutProperties = this.imports.install(this.snapshots.current());
		ReferenceScan scan = ReferenceScan.of(this.properties, this.resolver);
		this.effective = scan.effective();
		this.twinValues.startAgain(scan.effectiveProperties());
		if (scan.isEmpty() && withoutProperties.isEmpty() && reports.isEmpty() && this.named.isEmpty()) {
			this.problems = List.of();
			this.installer.install(scan, this.twinValues);
			return List.of();
		}
		requireDefaultEscapeCharacter();
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
					selectors.addAll(selectors(List.of(this.resolver.resolveLeniently(property))));
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
	 * The escapes that values need are those of Spring's default. Boot's Binder uses it
	 * whatever the setting says, so that no escape suits both under another one.
	 */
	static void requireDefaultEscapeCharacter() {
		String name = AbstractPropertyResolver.DEFAULT_PLACEHOLDER_ESCAPE_CHARACTER_PROPERTY_NAME;
		String character = SpringProperties.getProperty(name);
		if (character != null && !character.equals("\\")) {
			throw new EscapeCharacterException(name);
		}
	}

	/**
	 * Return the settings.
	 * @return the settings
	 */
	public SecretsProperties settings() {
		return this.settings;
	}

	/**
	 * Return the secrets.
	 * @return the secrets, closed with this
	 */
	public SecretSnapshots snapshots() {
		return this.snapshots;
	}

	/**
	 * Return what is shown to people of the properties.
	 * @return a view of the same properties
	 */
	public ShownProperties shown() {
		return new ShownProperties(this, this.twinValues);
	}

	Pictures pictures() {
		return this.twinValues.pictures();
	}

	UsedSecrets used() {
		return this.used;
	}

	Map<ConfigurationPropertyName, SourceProperty> effective() {
		return this.effective;
	}

	SecretValues values() {
		return this.values;
	}

	SecretLookups lookups() {
		return this.lookups;
	}

	SuspiciousTexts suspiciousTexts() {
		return this.suspiciousTexts;
	}

	TextResolver resolver() {
		return this.resolver;
	}

	/**
	 * End retrieval. What was retrieved can still be read.
	 */
	@Override
	public void close() {
		this.snapshots.close();
	}

}
