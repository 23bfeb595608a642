package io.github.awssecrets.refresh;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.TestApplication;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.util.Assert;

/**
 * An application that starts, follows a rotation, and ends, or fails to start.
 */
public final class RestartedApplication {

	private RestartedApplication() {
	}

	/**
	 * Run the application once.
	 * @param number which run this is: odd ones have a bootstrap context, and every fifth
	 * fails
	 * @throws Exception if something went wrong that should not
	 */
	public static void run(int number) throws Exception {
		try (SecretsServer server = SecretsServer.start()) {
			server.create("prod/db", Canary.json("prod/db", 1, "user", "password"));
			SpringApplication application = new SpringApplication(Beans.class);
			application.setWebApplicationType(WebApplicationType.NONE);
			application.setBannerMode(Banner.Mode.OFF);
			String[] arguments = { TestApplication.withoutConnections(), "--aws.secrets.endpoint=" + server.endpoint(),
					"--aws.secrets.region=eu-west-1", "--spring.cloud.bootstrap.enabled=" + (number % 2 == 1),
					"--logging.level.root=off", "--spring.docker.compose.enabled=false",
					"--app.password=$<secret:prod/db.password>", "--app.user=$<secret:prod/db.user>",
					"--app.bad=" + ((number % 5 == 4) ? "$<secret:none/bad>" : "") };
			if (number % 5 == 4) {
				runInVain(application, arguments);
			}
			else {
				run(application, arguments, server);
			}
		}
	}

	private static void run(SpringApplication application, String[] arguments, SecretsServer server)
			throws InterruptedException {
		try (ConfigurableApplicationContext context = application.run(arguments)) {
			server.put("prod/db", Canary.json("prod/db", 2, "user", "password"));
			context.getBean(SecretsWatcher.class).pollSoon();
			Beans beans = context.getBean(Beans.class);
			Assert.state(beans.rotated.await(60, TimeUnit.SECONDS), "The rotation was not followed");
			String password = Canary.value("prod/db.password", 2);
			Assert.state(password.equals(context.getBean(Scoped.class).getPassword()), "The bean was not built again");
			Assert.state(password.equals(context.getBean(App.class).getPassword()), "The bean was not bound again");
		}
	}

	private static void runInVain(SpringApplication application, String[] arguments) {
		try {
			application.run(arguments).close();
		}
		catch (RuntimeException ex) {
			return;
		}
		throw new IllegalStateException("The application started");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableConfigurationProperties(App.class)
	static class Beans {

		private final CountDownLatch rotated = new CountDownLatch(1);

		@EventListener
		void on(SecretRotatedEvent event) {
			this.rotated.countDown();
		}

		@Bean
		@RefreshScope
		Scoped scoped(@Value("${app.user}:${app.password}") String both, @Value("${app.password}") String password) {
			return new Scoped(password);
		}

	}

	public static class Scoped {

		private final String password;

		Scoped(String password) {
			this.password = password;
		}

		public String getPassword() {
			return this.password;
		}

	}

	@ConfigurationProperties("app")
	public static class App {

		private String password;

		public String getPassword() {
			return this.password;
		}

		public void setPassword(String password) {
			this.password = password;
		}

	}

}
