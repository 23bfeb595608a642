package io.github.awssecrets.env;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.cloud.bootstrap.BootstrapApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Refuses references where they would be taken for the value itself, before the
 * decryption of properties, logging and others read them.
 */
class EarlyPropertiesCheck implements EnvironmentPostProcessor, Ordered {

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE - 10;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		EarlyProperties.of(environment.getPropertySources()).refuseReferences(environment);
	}

	/**
	 * Refuses references where config data would trip over them: in what is known of its
	 * settings before it is loaded.
	 */
	static final class BeforeConfigData implements EnvironmentPostProcessor, Ordered {

		@Override
		public int getOrder() {
			return ConfigDataEnvironmentPostProcessor.ORDER - 1;
		}

		@Override
		public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
			EarlyProperties.ofConfigData().refuseReferences(environment);
		}

	}

	/**
	 * Refuses references where Spring Cloud would trip over them when it decides on a
	 * bootstrap context, before any post-processor.
	 */
	static final class BeforeBootstrap implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

		@Override
		public int getOrder() {
			return BootstrapApplicationListener.DEFAULT_ORDER - 1;
		}

		@Override
		public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
			EarlyProperties.ofConfigData().refuseReferences(event.getEnvironment());
		}

	}

}
