package io.github.awssecrets.mail;

import java.time.Duration;
import java.util.List;
import java.util.Properties;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.awssecrets.autoconfigure.SecretsMailAutoConfiguration;
import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.DrivenTime;
import io.github.awssecrets.testing.OperationLoad;
import io.github.awssecrets.testing.Proof;
import io.github.awssecrets.testing.TestApplication;
import jakarta.mail.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of a mail sender under load through rotations, against GreenMail.
 */
class MailRotationIntegrationTests extends AbstractApplicationTests {

	private static final int ROTATIONS = Proof.MAIL_ROTATIONS.count();

	private static final Duration INTERVAL = Duration.ofSeconds(60);

	private static final int ENOUGH = 50;

	private static GreenMail mail;

	private final DrivenTime time = new DrivenTime();

	@BeforeAll
	static void startServer() {
		mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
		mail.start();
		mail.getManagers().getUserManager().setAuthRequired(true);
	}

	@AfterAll
	static void stopServer() {
		mail.stop();
	}

	@BeforeEach
	void create() throws Exception {
		mail.purgeEmailFromAllMailboxes();
		user("app").setPassword(password(1));
		user("app_clone").setPassword(password(-1));
		server.create("prod/mail", json("app", 1));
	}

	@Test
	void senderWhenPasswordRotatesUnderLoadFailsNothing() throws Exception {
		rotate(List.of("app"));
	}

	@Test
	void senderWhenUsersAlternateUnderLoadFailsNothing() throws Exception {
		rotate(List.of("app_clone", "app"));
	}

	private void rotate(List<String> users) throws Exception {
		try (ConfigurableApplicationContext context = application().run()) {
			OperationLoad load = load(context);
			try (load) {
				load.pass(ENOUGH);
				for (int i = 0; i < ROTATIONS; i++) {
					String user = users.get(i % users.size());
					change(user, i + 2);
					// The application does not know yet
					load.pass(ENOUGH);
					this.time.advance(INTERVAL);
					load.pass(ENOUGH);
					assertThat(load.failures()).isEmpty();
					assertThat(context.getBean(JavaMailSenderImpl.class).getUsername()).isEqualTo(user);
				}
			}
			System.out.printf("mail: %d rotations, users %s: %d messages, %d failed%n", ROTATIONS, users, load.done(),
					load.failures().size());
			assertThat(load.failures()).isEmpty();
			assertThat(mail.getReceivedMessages()).hasSize(load.done());
		}
	}

	/* The other user's password last, so that what is old cannot log in any more */
	private void change(String user, int version) throws Exception {
		server.put("prod/mail", json(user, version));
		user(user).setPassword(password(version));
		user(user.equals("app") ? "app_clone" : "app").setPassword(password(-version));
	}

	@Test
	void senderWhenNotFollowedFails() throws Exception {
		try (ConfigurableApplicationContext context = application()
			.arguments("--spring.autoconfigure.exclude=" + SecretsMailAutoConfiguration.class.getName())
			.run()) {
			send(context.getBean(JavaMailSender.class), 1);
			change("app", 2);
			this.time.advance(INTERVAL);
			assertThatExceptionOfType(MailAuthenticationException.class)
				.isThrownBy(() -> send(context.getBean(JavaMailSender.class), 2));
		}
	}

	@Test
	void senderWhenSecretHasAWrongPasswordAsksAwsOnceAMoment() throws Exception {
		try (ConfigurableApplicationContext context = application().run()) {
			user("app").setPassword(password(99));
			int before = server.calls().size();
			long start = System.nanoTime();
			for (int i = 0; i < 20; i++) {
				assertThatExceptionOfType(MailAuthenticationException.class)
					.isThrownBy(() -> send(context.getBean(JavaMailSender.class), 1));
			}
			Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
			assertThat(server.calls().size() - before).isBetween(1, mostLooks(elapsed));
			user("app").setPassword(password(1));
			send(context.getBean(JavaMailSender.class), 2);
		}
	}

	private static int mostLooks(Duration elapsed) {
		int looks = 1;
		Duration pause = RotatingMailLogin.FIRST_PAUSE;
		for (Duration next = pause; next.compareTo(elapsed) <= 0; next = next.plus(pause)) {
			looks++;
			pause = pause.multipliedBy(2);
		}
		return looks;
	}

	@Test
	void senderWhenItHasAnotherPasswordIsLeftAlone() {
		try (ConfigurableApplicationContext context = application().classes(OtherSender.class).run()) {
			JavaMailSenderImpl other = context.getBean(OtherSender.class);
			server.put("prod/mail", json("app", 2));
			this.time.advance(INTERVAL);
			assertThat("other".equals(other.getPassword())).isTrue();
		}
	}

	@Test
	void senderWhenItIsTheApplicationsAndHasThePasswordFollows() throws Exception {
		try (ConfigurableApplicationContext context = application().classes(OwnSender.class).run()) {
			assertThat(context.getBeansOfType(JavaMailSender.class)).containsOnlyKeys("own");
			send(context.getBean(JavaMailSender.class), 1);
			change("app_clone", 2);
			send(context.getBean(JavaMailSender.class), 2);
			assertThat(mail.getReceivedMessages()).hasSize(2);
		}
	}

	@Test
	void senderWhenItHasASessionFromElsewhereIsLeftAlone() {
		try (ConfigurableApplicationContext context = application().classes(SessionSender.class).run()) {
			JavaMailSenderImpl sender = context.getBean(SessionSender.class);
			server.put("prod/mail", json("app", 2));
			this.time.advance(INTERVAL);
			assertThat(sender.getSession()).isSameAs(SessionSender.SESSION);
			assertThat(sender.getPassword() == null).isTrue();
		}
	}

	@Test
	void autoConfigurationWhenThereIsNoMailDoesNothing() {
		try (ConfigurableApplicationContext context = application()
			.customize((application) -> application
				.setResourceLoader(new DefaultResourceLoader(new FilteredClassLoader("jakarta.mail"))))
			.run()) {
			assertThat(context.containsBean("secretsMailSenderPostProcessor")).isFalse();
		}
		try (ConfigurableApplicationContext context = application().run()) {
			assertThat(context.containsBean("secretsMailSenderPostProcessor")).isTrue();
		}
	}

	private static OperationLoad load(ConfigurableApplicationContext context) {
		JavaMailSender sender = context.getBean(JavaMailSender.class);
		return new OperationLoad(3, (number) -> send(sender, number));
	}

	private static void send(JavaMailSender sender, int number) {
		SimpleMailMessage message = new SimpleMailMessage();
		message.setFrom("app@example.com");
		message.setTo("customer@example.com");
		message.setSubject("Number " + number);
		message.setText("Hello");
		sender.send(message);
	}

	private static GreenMailUser user(String name) throws Exception {
		GreenMailUser user = mail.getManagers().getUserManager().getUser(name);
		return (user != null) ? user
				: mail.getManagers().getUserManager().createUser(name + "@example.com", name, password(0));
	}

	private static String password(int version) {
		return Canary.value("prod/mail.password", version);
	}

	private static String json(String user, int version) {
		return "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(user, password(version).replace("\"", "\\\""));
	}

	@Override
	protected TestApplication application() {
		return super.application().watched(this.time).connecting(MailSenderAutoConfiguration.class).yaml("""
				spring.mail:
				  host: 127.0.0.1
				  port: %d
				  username: $<secret:prod/mail.username>
				  password: $<secret:prod/mail.password>
				""".formatted(mail.getSmtp().getPort()));
	}

	static final class OtherSender extends JavaMailSenderImpl {

		OtherSender() {
			setUsername("app");
			setPassword("other");
		}

	}

	/* As one from JNDI is */
	static final class SessionSender extends JavaMailSenderImpl {

		private static final Session SESSION = Session.getInstance(new Properties());

		SessionSender() {
			setSession(SESSION);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnSender {

		@Bean
		JavaMailSenderImpl own(Environment environment) {
			JavaMailSenderImpl sender = new JavaMailSenderImpl();
			sender.setHost("127.0.0.1");
			sender.setPort(mail.getSmtp().getPort());
			sender.setUsername(environment.getProperty("spring.mail.username"));
			sender.setPassword(environment.getProperty("spring.mail.password"));
			return sender;
		}

	}

}
