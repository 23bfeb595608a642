package io.github.awssecrets.env;

import java.time.Duration;
import java.util.Set;

import io.github.awssecrets.reference.ReferenceSyntax;
import io.github.awssecrets.reference.ResolvedReference;
import io.github.awssecrets.snapshot.SecretSnapshots;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.bootstrap.BootstrapApplicationListener;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;

/**
 * The references that Spring Cloud's bootstrap context sees: in its own Environment, and
 * in that of the application while it asks locators for property sources. No secret can
 * be retrieved by then, as half of the properties are missing, perhaps those that say
 * where to retrieve it. Twins that refuse keep whoever reads such a property from taking
 * the text of the reference for its value.
 */
public final class BootstrapReferences {

	private BootstrapReferences() {
	}

	/**
	 * Return whether a context is the bootstrap context of an application, as Spring
	 * Cloud tells it.
	 * @param environment the Environment of the context
	 * @return whether it is one
	 */
	static boolean isBootstrap(ConfigurableEnvironment environment) {
		return environment.getPropertySources().contains(BootstrapApplicationListener.BOOTSTRAP_PROPERTY_SOURCE_NAME);
	}

	/**
	 * Let all fail that reads references in a bootstrap context.
	 * @param context the bootstrap context
	 */
	static void refuse(ConfigurableApplicationContext context) {
		TwinValues values = refuse(context.getEnvironment());
		ReferenceSyntax syntax = values.syntax();
		// The switch may stand where only the application reads it
		SuspiciousTexts suspicious = new SuspiciousTexts(syntax);
		suspicious.warn(new SourceProperties(context.getEnvironment().getPropertySources()));
		// The first of all resolvers, as it needs the annotation's own text
		context.getBeanFactory().addEmbeddedValueResolver((text) -> {
			SourceProperty annotation = SourceProperty.ofValueAnnotation(text);
			suspicious.warnOfPlaceholder(annotation);
			return syntax.mayContainReference(text) ? values.read(annotation) : text;
		});
	}

	/**
	 * Let all fail that reads references in an Environment.
	 * @param environment the Environment
	 * @return what fails
	 */
	static TwinValues refuse(ConfigurableEnvironment environment) {
		MutablePropertySources sources = environment.getPropertySources();
		SourceProperties properties = new SourceProperties(sources);
		TextResolver resolver = new TextResolver(properties::find, new Refusal(), SettingsBinder.syntax(properties));
		TwinValues values = new TwinValues(resolver, new SecretValues(new SecretSnapshots(() -> {
			throw new IllegalStateException("Nothing is retrieved in a bootstrap context");
		}, Duration.ofMillis(1)), true, () -> false), new ShownKeys(Set.of()));
		new TwinInstaller(sources).install(ReferenceScan.of(properties, resolver), values);
		return values;
	}

	/**
	 * Ends the refusal in the Environment of an application: after the last locator,
	 * before properties are decrypted.
	 */
	public static final class Initializer
			implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

		/* Between PropertySourceBootstrapConfiguration and decryption */
		private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 12;

		@Override
		public int getOrder() {
			return ORDER;
		}

		@Override
		public void initialize(ConfigurableApplicationContext context) {
			new TwinInstaller(context.getEnvironment().getPropertySources()).uninstall();
		}

	}

	/**
	 * The policy that refuses every reference, with a default or without.
	 */
	private static final class Refusal extends ReferencePolicy {

		@Override
		@Nullable ReferenceProblem problem(SecretUse use, ResolvedReference reference) {
			return ReferenceProblems.bootstrap(use);
		}

	}

}
