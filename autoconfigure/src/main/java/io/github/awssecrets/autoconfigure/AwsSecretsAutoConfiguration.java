package io.github.awssecrets.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for an application whose properties refer to secrets. References are
 * resolved before any bean exists; this adds what goes with beans.
 */
@AutoConfiguration
public final class AwsSecretsAutoConfiguration {

	@Bean
	ConfigurationPropertiesBindHandlerAdvisor secretSafeBindHandlerAdvisor() {
		return SecretSafeBindHandler::new;
	}

}
