package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.github.awssecrets.testing.LargeApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.PropertySourceInfo;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what references cost grows in proportion to their number: counted in looks
 * at the sources, each name of an enumeration and each property being one.
 */
class ScaleTests {

	private static final int[] SIZES = { 250, 500, 1000, 2000 };

	private final AtomicLong looks = new AtomicLong();

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void installationLooksAtSourcesInProportionToReferences(boolean immutable) {
		assertThatLooksGrowInProportion(immutable, LargeInstallation::install, (installation) -> {
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void secondPassLooksAtSourcesInProportionToReferences(boolean immutable) {
		assertThatLooksGrowInProportion(immutable,
				(installation) -> SecretsMarker.find(installation.environment()).install(), LargeInstallation::install);
	}

	@Test
	void readingLooksAtSourcesInProportionToReferences() {
		assertThatLooksGrowInProportion(true,
				(installation) -> names(installation).forEach(installation.environment()::getProperty),
				LargeInstallation::install);
	}

	@Test
	void bindingLooksAtSourcesInProportionToReferences() {
		assertThatLooksGrowInProportion(true, (installation) -> bind(installation.environment()),
				LargeInstallation::install);
	}

	@Test
	void valuesOfManyReferencesAreThoseOfTheSecrets() {
		LargeApplication application = new LargeApplication(11_000);
		LargeInstallation installation = new LargeInstallation(application);
		installation.install();
		Map<String, String> values = application.values();
		List<String> wrong = new ArrayList<>();
		values.forEach((name, value) -> {
			if (!value.equals(installation.environment().getProperty(name))) {
				wrong.add(name);
			}
		});
		Map<String, String> bound = bind(installation.environment());
		values.forEach((name, value) -> {
			if (name.contains(".datasource.") && !value.equals(bound.get(name.substring("services.".length())))) {
				wrong.add(name);
			}
		});
		assertThat(wrong).isEmpty();
	}

	private void assertThatLooksGrowInProportion(boolean immutable, Consumer<LargeInstallation> measured,
			Consumer<LargeInstallation> before) {
		List<Double> looksPerReference = new ArrayList<>();
		for (int size : SIZES) {
			LargeInstallation installation = new LargeInstallation(new LargeApplication(size),
					(source) -> counting(source, immutable));
			before.accept(installation);
			this.looks.set(0);
			measured.accept(installation);
			looksPerReference.add(this.looks.get() / (double) size);
		}
		assertThat(looksPerReference)
			.allSatisfy((looks) -> assertThat(looks).isPositive().isLessThan(looksPerReference.get(0) * 1.1));
	}

	private List<String> names(LargeInstallation installation) {
		List<String> names = new ArrayList<>();
		for (PropertySource<?> source : installation.environment().getPropertySources()) {
			if (source instanceof CountingSource counting) {
				names.addAll(List.of(counting.getSource().getPropertyNames()));
			}
		}
		return names;
	}

	private static Map<String, String> bind(ConfigurableEnvironment environment) {
		return Binder.get(environment).bind("services", Bindable.mapOf(String.class, String.class)).get();
	}

	private PropertySource<?> counting(PropertySource<?> source, boolean immutable) {
		return (source instanceof SystemEnvironmentPropertySource) ? source
				: new CountingSource((EnumerablePropertySource<?>) source, immutable, this.looks);
	}

	/**
	 * Counts the looks at a source.
	 */
	private static final class CountingSource extends EnumerablePropertySource<EnumerablePropertySource<?>>
			implements OriginLookup<String>, PropertySourceInfo {

		private final boolean immutable;

		private final AtomicLong looks;

		CountingSource(EnumerablePropertySource<?> source, boolean immutable, AtomicLong looks) {
			super(source.getName(), source);
			this.immutable = immutable;
			this.looks = looks;
		}

		@Override
		public String[] getPropertyNames() {
			String[] names = this.source.getPropertyNames();
			this.looks.addAndGet(names.length);
			return names;
		}

		@Override
		public boolean containsProperty(String name) {
			this.looks.incrementAndGet();
			return this.source.containsProperty(name);
		}

		@Override
		public Object getProperty(String name) {
			this.looks.incrementAndGet();
			return this.source.getProperty(name);
		}

		@Override
		public Origin getOrigin(String key) {
			return OriginLookup.getOrigin(this.source, key);
		}

		@Override
		public boolean isImmutable() {
			return this.immutable;
		}

	}

}
