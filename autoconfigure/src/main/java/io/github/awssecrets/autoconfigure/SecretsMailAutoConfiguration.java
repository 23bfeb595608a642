package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.credentials.CredentialConsumers;
import io.github.awssecrets.mail.MailSenderPostProcessor;
import io.github.awssecrets.refresh.SecretsWatcher;
import jakarta.mail.Session;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * Auto-configuration for mail senders whose credentials come from secrets.
 */
@AutoConfiguration(after = SecretsCredentialsAutoConfiguration.class)
@ConditionalOnClass({ JavaMailSenderImpl.class, Session.class })
@Conditional(OnSecretsCondition.class)
public final class SecretsMailAutoConfiguration {

	private SecretsMailAutoConfiguration() {
		// Instantiated by Spring, for its static methods
	}

	@Bean
	static MailSenderPostProcessor secretsMailSenderPostProcessor(ConfigurableApplicationContext context,
			ObjectProvider<CredentialConsumers> consumers, ObjectProvider<SecretsWatcher> watcher) {
		return new MailSenderPostProcessor(context, consumers, watcher);
	}

}
