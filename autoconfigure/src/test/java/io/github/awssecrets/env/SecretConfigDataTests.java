package io.github.awssecrets.env;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.config.ConfigData;
import org.springframework.boot.context.config.ConfigDataLoader;
import org.springframework.boot.context.config.ConfigDataLoaderContext;
import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataLocationResolver;
import org.springframework.boot.context.config.ConfigDataLocationResolverContext;
import org.springframework.boot.context.config.ConfigDataResource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the classes that Boot loads config data with.
 */
class SecretConfigDataTests {

	private final SecretConfigDataLocationResolver resolver = new SecretConfigDataLocationResolver();

	private final Context context = new Context();

	@Test
	void isResolvableWhenLocationStartsWithSecretIsTrue() {
		assertThat(this.resolver.isResolvable(this.context, ConfigDataLocation.of("secret:prod/db"))).isTrue();
		assertThat(this.resolver.isResolvable(this.context, ConfigDataLocation.of("optional:secret:prod/db"))).isTrue();
		assertThat(this.resolver.isResolvable(this.context, ConfigDataLocation.of("secrets:prod/db"))).isFalse();
		assertThat(this.resolver.isResolvable(this.context, ConfigDataLocation.of("file:secret:/"))).isFalse();
	}

	@Test
	void resolveWhenLocationIsValidReturnsOneResource() {
		List<SecretConfigDataResource> resources = resolve("optional:secret:prod/db?prefix=app.");
		assertThat(resources).hasSize(1);
		assertThat(resources.get(0).secret()).isEqualTo(SecretImport.parse("prod/db?prefix=app.", true));
		assertThat(this.resolver.resolveProfileSpecific(this.context, ConfigDataLocation.of("secret:prod/db"), null))
			.isEmpty();
	}

	@Test
	void resolveWhenLocationIsInvalidThrowsWithIt() {
		assertThatExceptionOfType(UnresolvedReferenceException.class)
			.isThrownBy(() -> resolve("optional:secret:prod/db?prefx=app."))
			.satisfies((ex) -> {
				ReferenceProblem problem = ex.getProblems().get(0);
				assertThat(problem.property()).isEqualTo("spring.config.import");
				assertThat(problem.reference()).isEqualTo("optional:secret:prod/db?prefx=app.");
			});
	}

	@Test
	void resourceWhenImportsAreEqualIsEqual() {
		assertThat(resolve("secret:prod/db?prefix=a&name=b")).isEqualTo(resolve("secret:prod/db?name=b&prefix=a"))
			.hasSameHashCodeAs(resolve("secret:prod/db?name=b&prefix=a"))
			.isNotEqualTo(resolve("optional:secret:prod/db?prefix=a&name=b"))
			.isNotEqualTo(resolve("secret:prod/db?prefix=a"));
	}

	@Test
	void resourceKnowsWhereItIsWritten() {
		SecretConfigDataResource resource = resolve("optional:secret:prod/db?prefix=a").get(0);
		assertThat(resource.use().property().text()).isEqualTo("optional:secret:prod/db?prefix=a");
	}

	@Test
	void loadReturnsOneSourceWithoutProperties() {
		ConfigData data = new SecretConfigDataLoader().load(this.context, resolve("secret:prod/db?prefix=app.").get(0));
		assertThat(data.getPropertySources()).hasSize(1);
		PropertySource<?> source = data.getPropertySources().get(0);
		assertThat(source.getName()).isEqualTo("secret:prod/db?prefix=app.");
		assertThat(source).isInstanceOfSatisfying(SecretImportPropertySource.class,
				(secret) -> assertThat(secret.getPropertyNames()).isEmpty());
	}

	@Test
	void loadWhenPropertiesAreKnownReturnsThemAtOnce() {
		SecretConfigDataResource resource = resolve("secret:prod/db").get(0);
		load(resource).with(Map.of("user", "$<secret:prod/db#user>"));
		assertThat(load(resource).getPropertyNames()).containsExactly("user");
		assertThat(load(resolve("secret:prod/other").get(0)).getPropertyNames()).isEmpty();
	}

	private SecretImportPropertySource load(SecretConfigDataResource resource) {
		return (SecretImportPropertySource) new SecretConfigDataLoader().load(this.context, resource)
			.getPropertySources()
			.get(0);
	}

	@Test
	void sourceWithReferencesTakesThePlaceOfTheOther() {
		SecretConfigDataResource resource = resolve("secret:prod/db").get(0);
		SecretImportPropertySource empty = new SecretImportPropertySource(resource.secret(), resource.use(),
				new ImportedReferences());
		SecretImportPropertySource source = empty.with(Map.of("user", "$<secret:prod/db#user>"));
		assertThat(empty.getPropertyNames()).isEmpty();
		assertThat(source).isEqualTo(empty).isNotSameAs(empty);
		assertThat(source.getPropertyNames()).containsExactly("user");
		assertThat(source.containsProperty("user")).isTrue();
		assertThat(source.containsProperty("other")).isFalse();
		assertThat(source.getProperty("user")).isEqualTo("$<secret:prod/db#user>");
		assertThat(source.getOrigin("other")).isNull();
		assertThat(source.with(Map.of("user", "$<secret:prod/db#user>"))).isSameAs(source);
	}

	@Test
	void earlyResolverTakesOnlyLocationsWithReferenceAndRefusesThem() {
		EarlyLocationResolver early = new EarlyLocationResolver();
		ConfigDataLocation location = ConfigDataLocation.of("file:$<secret:prod/path>");
		assertThat(early.isResolvable(this.context, ConfigDataLocation.of("file:config"))).isFalse();
		assertThat(early.isResolvable(this.context, location)).isTrue();
		assertThatExceptionOfType(UnresolvedReferenceException.class)
			.isThrownBy(() -> early.resolve(this.context, location))
			.withMessageContaining("spring.config.*");
	}

	@Test
	void locationWhenImportIsNotOfFileSaysWhereItMayBe() {
		ReferenceProblem problem = ImportUse.of(ConfigDataLocation.of("secret:prod/db")).problem("What", "Do");
		assertThat(problem)
			.hasToString("spring.config.import in the command line, a system property or an environment variable: "
					+ "secret:prod/db: What Do");
	}

	@Test
	void originWhenUnknownIsNone() {
		Origin origin = ImportUse.of(ConfigDataLocation.of("secret:prod/db")).origin();
		assertThat(origin).isNull();
	}

	@Test
	void springFactoriesNameResolverAfterThatOfEarlyReferencesAndLoader() {
		SpringFactoriesLoader factories = SpringFactoriesLoader.forDefaultResourceLocation();
		assertThat(factories.load(ConfigDataLocationResolver.class,
				SpringFactoriesLoader.FailureHandler.handleMessage((message, failure) -> {
				})))
			.filteredOn((found) -> found.getClass().getPackage() == SecretImport.class.getPackage())
			.extracting(Object::getClass)
			.isEqualTo(List.of(EarlyLocationResolver.class, SecretConfigDataLocationResolver.class));
		assertThat(factories.load(ConfigDataLoader.class,
				SpringFactoriesLoader.FailureHandler.handleMessage((message, failure) -> {
				})))
			.hasAtLeastOneElementOfType(SecretConfigDataLoader.class);
	}

	private List<SecretConfigDataResource> resolve(String location) {
		return this.resolver.resolve(this.context, ConfigDataLocation.of(location));
	}

	/**
	 * What the resolver and the loader do not need.
	 */
	private static final class Context implements ConfigDataLocationResolverContext, ConfigDataLoaderContext {

		private final ConfigurableBootstrapContext bootstrapContext = new DefaultBootstrapContext();

		@Override
		public Binder getBinder() {
			throw new UnsupportedOperationException();
		}

		@Override
		public @Nullable ConfigDataResource getParent() {
			return null;
		}

		@Override
		public ConfigurableBootstrapContext getBootstrapContext() {
			return this.bootstrapContext;
		}

	}

}
