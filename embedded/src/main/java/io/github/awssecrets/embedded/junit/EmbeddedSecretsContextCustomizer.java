package io.github.awssecrets.embedded.junit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.embedded.SecretsServerBuilder;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.ClassUtils;

/**
 * Starts a server for one context, which is a bean there and is closed with it, and turns
 * the context's {@code aws.secrets.*} to it. Part of the key of Spring's cache of
 * contexts: test classes with the same secrets and Region, and otherwise equal
 * configuration, share context and server.
 *
 * @param secrets the secrets to start with, one line each
 * @param region the Region
 */
record EmbeddedSecretsContextCustomizer(List<String> secrets, String region) implements ContextCustomizer {

	static final String NAME = "embeddedSecrets";

	private static final String FAILED_EVENT = "org.springframework.boot.context.event.ApplicationFailedEvent";

	/* Settings of the application that keep it from the server's endpoint, taken back */
	private static final Map<String, String> TAKEN_BACK = Map.of("aws.secrets.enabled", "true", "aws.secrets.local", "",
			"aws.secrets.profile", "", "aws.secrets.role-arn", "", "aws.secrets.fips-enabled", "false",
			"aws.secrets.dualstack-enabled", "false");

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
		SecretsServer server = start();
		DefaultListableBeanFactory beanFactory = (DefaultListableBeanFactory) context.getBeanFactory();
		beanFactory.registerSingleton(NAME, server);
		beanFactory.registerDisposableBean(NAME, server::close);
		server.addVersionListener(new ContextVersionListener(context));
		Map<String, Object> properties = new LinkedHashMap<>(TAKEN_BACK);
		properties.putAll(server.properties());
		context.getEnvironment().getPropertySources().addFirst(new MapPropertySource(NAME, properties));
		if (ClassUtils.isPresent(FAILED_EVENT, context.getClassLoader())) {
			context.addApplicationListener(new FailedStartListener(server));
		}
	}

	private SecretsServer start() {
		SecretsServerBuilder builder = SecretsServer.builder().region(this.region);
		this.secrets.forEach(builder::secret);
		return builder.start();
	}

	@Override
	public String toString() {
		return "@EmbeddedSecrets";
	}

}
