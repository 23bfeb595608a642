package io.github.awssecrets.env;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.AbstractEnvironment;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * An update of the sources of an Environment, during which nobody reads the text of a
 * reference: what is loaded goes to a copy first, and from there to the Environment, each
 * source after a twin that answers for its references. If loading fails, nothing has
 * changed.
 */
final class SourceUpdate {

	private final ConfigurableEnvironment environment;

	private final TwinInstaller installer;

	private final TwinValues values;

	/**
	 * Create an update.
	 * @param environment the Environment to update
	 * @param installer makes the twins
	 * @param values what the twins answer with
	 */
	SourceUpdate(ConfigurableEnvironment environment, TwinInstaller installer, TwinValues values) {
		this.environment = environment;
		this.installer = installer;
		this.values = values;
	}

	/**
	 * Load sources and put them into the Environment. What twins there are stays until
	 * the next installation.
	 * @param loading adds sources to the Environment it is given, or replaces some
	 */
	void make(Consumer<? super ConfigurableEnvironment> loading) {
		LoadedEnvironment loaded = new LoadedEnvironment(this.environment);
		loading.accept(loaded);
		String previous = null;
		for (PropertySource<?> source : loaded.getPropertySources()) {
			put(source, previous);
			previous = source.getName();
		}
	}

	@SuppressWarnings("ReferenceEquality")
	private void put(PropertySource<?> source, @Nullable String previous) {
		MutablePropertySources sources = this.environment.getPropertySources();
		PropertySource<?> replaced = sources.get(source.getName());
		if (replaced == source) {
			return;
		}
		PropertySource<?> twin = twin(source);
		if (replaced != null) {
			if (twin != null) {
				sources.addBefore(replaced.getName(), twin);
			}
			sources.replace(replaced.getName(), source);
		}
		else if (twin != null) {
			add(sources, twin, previous);
			sources.addAfter(twin.getName(), source);
		}
		else {
			add(sources, source, previous);
		}
	}

	private @Nullable PropertySource<?> twin(PropertySource<?> source) {
		return (source instanceof EnumerablePropertySource<?> enumerable)
				? this.installer.twinOfLoaded(enumerable, this.values) : null;
	}

	private static void add(MutablePropertySources sources, PropertySource<?> source, @Nullable String previous) {
		if (previous != null) {
			sources.addAfter(previous, source);
		}
		else {
			sources.addFirst(source);
		}
	}

	/**
	 * An Environment with the sources of another one, of which some will be replaced.
	 */
	private static final class LoadedEnvironment extends AbstractEnvironment {

		private final ConfigurableEnvironment original;

		LoadedEnvironment(ConfigurableEnvironment original) {
			super(new MutablePropertySources(original.getPropertySources()));
			this.original = original;
		}

		@Override
		public String[] getActiveProfiles() {
			return this.original.getActiveProfiles();
		}

		@Override
		public String[] getDefaultProfiles() {
			return this.original.getDefaultProfiles();
		}

	}

}
