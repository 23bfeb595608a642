package io.github.awssecrets.env;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.awssecrets.connection.ServiceConnections;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalListener;
import io.github.awssecrets.retrieval.RetrievalListeners;
import io.github.awssecrets.retrieval.SecretRetrieval;
import io.github.awssecrets.snapshot.SecretSnapshots;
import io.github.awssecrets.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MutablePropertySources;

/**
 * The secrets of one Environment: finds the references that count, has their secrets
 * retrieved in one go, and installs the twins that answer with them. One for each
 * application, carried by the {@link SecretsMarker}, closed with its context.
 */
public final class SecretsEnvironment implements AutoCloseable {

	private final SecretsProperties settings;

	private final SourceProperties properties;

	private final ServiceConnections connections;

	private final RetrievalListeners listeners;

	private final SecretSnapshots snapshots;

	private final SecretValues values;

	private final ReferencePolicy policy;

	private final TextResolver resolver;

	private final SecretImports imports;

	private final TwinValues twinValues;

	private final SourceUpdate sourceUpdate;

	private final SecretLookups lookups;

	private final SuspiciousTexts suspiciousTexts;

	private final NamedSecrets named;

	private final UsedSecrets used;

	private final EffectiveProperties effective;

	private final ReferenceInstallation installation;

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
		this.twinValues = new TwinValues(this.resolver, this.values, new ShownKeys(this.settings.shownKeys()));
		this.lookups = new SecretLookups(this.properties, this.resolver, this.values, this.policy, this.used);
		this.suspiciousTexts = new SuspiciousTexts(this.settings.syntax());
		this.effective = new EffectiveProperties(this.snapshots, this.twinValues);
		TwinInstaller installer = new TwinInstaller(sources);
		this.sourceUpdate = new SourceUpdate(environment, installer, this.twinValues);
		this.installation = new ReferenceInstallation(this.settings, this.properties, this.resolver, this.snapshots,
				this.values, this.imports, this.named, this.used, this.effective, this.twinValues, installer);
		this.values.awaitBeforeReading(this::await);
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
	 * Do the same, but go on while secrets are retrieved: whoever reads a reference
	 * waits, and so does the next installation.
	 */
	void begin() {
		this.lookups.requireUnusedName();
		this.suspiciousTexts.warn(this.properties);
		this.installation.begin(this.settings.failFast());
		// Again, for the keys of imports
		this.lookups.requireUnusedName();
	}

	/**
	 * Wait until the secrets that are retrieved while the application starts are there.
	 * @throws UnresolvedReferenceException if the application is not to start
	 */
	void await() {
		this.installation.await();
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
		return PropertyUses.collect(this.effective.byName().values(), this.twinValues, this.named, this.used);
	}

	/**
	 * Return why imports, references and settings have no value, as it was when they were
	 * looked for last: at start, at the last refresh or after the last rotation.
	 * @return the problems, of effective properties only
	 */
	public List<ReferenceProblem> problems() {
		return this.installation.problems();
	}

	/**
	 * Return the Region of the application.
	 * @return the Region, or {@code null} if there is none, or none was needed so far
	 */
	public @Nullable String region() {
		String region = this.installation.region();
		return (region != null) ? region : this.settings.region();
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
		return this.effective.changed(before, after);
	}

	/**
	 * Return the names of the properties that readers get from references.
	 * @return the names
	 */
	public Set<ConfigurationPropertyName> effectiveNames() {
		return this.effective.names();
	}

	/**
	 * Return the value that a property has from secrets in the snapshot that this thread
	 * reads from. Retrieves nothing.
	 * @param name the name of the property
	 * @return the value, or {@code null} if it has none, or none that comes from a
	 * reference
	 */
	public @Nullable String value(ConfigurationPropertyName name) {
		return this.effective.value(name);
	}

	/**
	 * Return the secrets that a property has its value from.
	 * @param name the name of the property
	 * @return the secrets, those of defaults included; empty if the value comes from none
	 */
	public Set<SecretSelector> selectors(ConfigurationPropertyName name) {
		return this.effective.selectors(name);
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
		this.effective.beginPicture(pending);
	}

	/**
	 * End the picture on this thread.
	 * @return whether there was one
	 */
	public boolean endPicture() {
		return this.effective.endPicture();
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
		this.suspiciousTexts.warn(this.properties);
		this.installation.install(failFast);
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
		return this.effective.byName();
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
		this.installation.awaitThread();
	}

}
