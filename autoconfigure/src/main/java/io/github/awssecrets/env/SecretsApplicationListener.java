package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.List;

import io.github.awssecrets.connection.ServiceConnections;
import io.github.awssecrets.retrieval.SecretsManagerClientCustomizer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.bootstrap.BootstrapContext;
import org.springframework.boot.context.event.ApplicationContextInitializedEvent;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.util.Assert;

/**
 * Locates the secrets when a context is initialized: after every post-processor of the
 * Environment, so that none reads a secret or sees half of the properties, and before any
 * bean. A failure there is reported by Boot's failure analyzers. One for each
 * application, as Boot creates listeners. A bootstrap context, which is an application
 * too, has no secrets of its own.
 */
class SecretsApplicationListener implements ApplicationListener<SpringApplicationEvent>, Ordered {

	private static final String BEAN_NAME = "awsSecretsEnvironment";

	private final SecretsPropertySourceLocator locator;

	private final PolicyCommand policyCommand;

	private @Nullable BootstrapContext bootstrapContext;

	private @Nullable SecretsEnvironment secrets;

	SecretsApplicationListener() {
		this(new SecretsPropertySourceLocator(List.of()));
	}

	SecretsApplicationListener(SecretsPropertySourceLocator locator) {
		this(locator, new PolicyCommand());
	}

	SecretsApplicationListener(SecretsPropertySourceLocator locator, PolicyCommand policyCommand) {
		this.locator = locator;
		this.policyCommand = policyCommand;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void onApplicationEvent(SpringApplicationEvent event) {
		SecretsEnvironment located = this.secrets;
		if (event instanceof ApplicationStartingEvent starting) {
			this.policyCommand.prepare(starting.getArgs());
		}
		else if (event instanceof ApplicationEnvironmentPreparedEvent prepared) {
			this.bootstrapContext = prepared.getBootstrapContext();
		}
		else if (event instanceof ApplicationContextInitializedEvent initialized
				&& !Boolean.getBoolean("spring.aot.processing")) {
			ConfigurableApplicationContext context = initialized.getApplicationContext();
			if (BootstrapReferences.isBootstrap(context.getEnvironment())) {
				BootstrapReferences.refuse(context);
			}
			else {
				this.secrets = locate(context);
			}
		}
		else if (event instanceof ApplicationPreparedEvent prepared && located != null) {
			// After Boot's own processors, the last of which ranks the sources
			ConfigurableApplicationContext context = prepared.getApplicationContext();
			context.addBeanFactoryPostProcessor((factory) -> complete(context, located));
			context.addBeanFactoryPostProcessor(
					(BeanDefinitionRegistryPostProcessor) (registry) -> located.installStarted());
		}
		else if (event instanceof ApplicationReadyEvent && located != null) {
			located.endStart();
		}
		else if (event instanceof ApplicationFailedEvent && located != null) {
			// A context that was not refreshed does not destroy its beans
			located.close();
		}
	}

	private SecretsEnvironment locate(ConfigurableApplicationContext context) {
		List<SecretsManagerClientCustomizer> customizers = customizers(context.getClassLoader());
		ServiceConnections connections = ServiceConnections.of(context.getBeanFactory());
		PropertySource<?> marker = locator(context).after(customizers).begin(context.getEnvironment(), connections);
		MutablePropertySources sources = context.getEnvironment().getPropertySources();
		sources.remove(marker.getName());
		sources.addLast(marker);
		SecretsEnvironment secrets = SecretsMarker.find(context.getEnvironment());
		Assert.state(secrets != null, "The marker was just added");
		DefaultListableBeanFactory beanFactory = (DefaultListableBeanFactory) context.getBeanFactory();
		beanFactory.registerDisposableBean(BEAN_NAME, secrets::close);
		// For the client that the application's own code may ask for
		beanFactory.registerSingleton("awsSecretsProperties", secrets.settings());
		beanFactory.registerSingleton("awsSecretsServiceConnections", connections);
		for (int i = 0; i < customizers.size(); i++) {
			beanFactory.registerSingleton("awsSecretsClientCustomizer" + i, customizers.get(i));
		}
		JasyptSettings.install(context.getEnvironment(), context.getClassLoader());
		SecretSafeConversionService.install(context.getEnvironment());
		ValueAnnotationSupport.register(context, secrets);
		context.addApplicationListener(new EnvironmentChangeListener(secrets));
		return secrets;
	}

	/**
	 * Return the locator of the bootstrap context, which is the parent, or else our own.
	 */
	private SecretsPropertySourceLocator locator(ConfigurableApplicationContext context) {
		ApplicationContext parent = context.getParent();
		return (parent != null)
				? parent.getBeanProvider(SecretsPropertySourceLocator.class).getIfAvailable(() -> this.locator)
				: this.locator;
	}

	private void complete(ConfigurableApplicationContext context, SecretsEnvironment secrets) {
		if (secrets.settings().printPolicy()) {
			this.policyCommand.run(context, secrets);
		}
		// Again, for what @PropertySource adds, and what waited for a container
		secrets.installAll();
		SecretSafeConversionService.install(context.getEnvironment());
		ValueAnnotationSupport.complete(context, secrets);
	}

	private List<SecretsManagerClientCustomizer> customizers(@Nullable ClassLoader classLoader) {
		List<SecretsManagerClientCustomizer> customizers = new ArrayList<>(
				SpringFactoriesLoader.forDefaultResourceLocation(classLoader)
					.load(SecretsManagerClientCustomizer.class));
		BootstrapContext context = this.bootstrapContext;
		if (context != null && context.isRegistered(SecretsManagerClientCustomizer.class)) {
			customizers.add(context.get(SecretsManagerClientCustomizer.class));
		}
		this.bootstrapContext = null;
		return customizers;
	}

}
