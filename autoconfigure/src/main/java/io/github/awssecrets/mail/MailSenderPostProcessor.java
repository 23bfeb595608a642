package io.github.awssecrets.mail;

import io.github.awssecrets.credentials.ClientPostProcessor;
import io.github.awssecrets.credentials.CredentialConsumers;
import io.github.awssecrets.credentials.CredentialPart;
import io.github.awssecrets.credentials.SecretCredentials;
import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.refresh.SecretsWatcher;
import io.github.awssecrets.refresh.WatchClock;
import jakarta.mail.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * Has each mail sender whose password is that of {@code spring.mail.password}, and comes
 * from a secret, follow its rotations.
 */
public final class MailSenderPostProcessor extends ClientPostProcessor<JavaMailSenderImpl> {

	private static final ConfigurationPropertyName USERNAME = ConfigurationPropertyName
		.of(RotatingMailLogin.PREFIX + ".username");

	private static final ConfigurationPropertyName PASSWORD = ConfigurationPropertyName
		.of(RotatingMailLogin.PREFIX + ".password");

	/**
	 * Create a post-processor.
	 * @param context the context, whose Environment has the secrets
	 * @param consumers is told what to give to the senders
	 * @param watcher has to follow when AWS is ahead of the application
	 */
	public MailSenderPostProcessor(ConfigurableApplicationContext context,
			ObjectProvider<CredentialConsumers> consumers, ObjectProvider<SecretsWatcher> watcher) {
		super(JavaMailSenderImpl.class, context, consumers, watcher);
	}

	@Override
	protected void inspect(JavaMailSenderImpl sender, SecretsEnvironment secrets) {
		if (sender.getPassword() != null && sender.getPassword().equals(secrets.value(PASSWORD))) {
			SecretCredentials source = new SecretCredentials(secrets, part(USERNAME, sender.getUsername(), secrets),
					part(PASSWORD, sender.getPassword(), secrets));
			RotatingMailLogin login = new RotatingMailLogin(sender, source, WatchClock.system(), this::pollSoon);
			sender.setSession(Session.getInstance(sender.getJavaMailProperties(), login));
			add(RotatingMailLogin.PREFIX, login);
		}
	}

	private static CredentialPart part(ConfigurationPropertyName name, @Nullable String inUse,
			SecretsEnvironment secrets) {
		return secrets.effectiveNames().contains(name) ? new CredentialPart.Property(name)
				: new CredentialPart.Fixed(inUse);
	}

}
