package io.github.awssecrets.env;

import java.time.Duration;

import io.github.awssecrets.refresh.SecretsWatcher;
import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.DrivenTime;
import io.github.awssecrets.testing.TestApplication;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Base of proofs that a real application follows rotations: by HTTP calls to a server,
 * every second of a clock that the test drives.
 */
abstract class AbstractRotationTests extends AbstractApplicationTests {

	static final Duration INTERVAL = Duration.ofSeconds(1);

	/** What promise 2 allows. */
	static final Duration VISIBLE = INTERVAL.plusSeconds(1);

	TestApplication watched(DrivenTime time) {
		return application().watched(time)
			.arguments("--aws.secrets.watch.interval=" + INTERVAL)
			.classes(RotationCases.Beans.class);
	}

	TestApplication watched(DrivenTime time, boolean bootstrap) {
		return bootstrap ? watched(time).bootstrap() : watched(time);
	}

	static RotationCases.Events events(ConfigurableApplicationContext context) {
		return context.getBean(RotationCases.Events.class);
	}

	static long polls(ConfigurableApplicationContext context) {
		return context.getBean(SecretsWatcher.class).status().polls();
	}

	static boolean has(ConfigurableApplicationContext context, String property, String id, int version) {
		return Canary.value(id, version).equals(context.getEnvironment().getProperty(property));
	}

	/**
	 * Check that the Environment, a bean of configuration properties and one in
	 * {@code @RefreshScope} have a version of a secret.
	 */
	static void assertPassword(ConfigurableApplicationContext context, String id, int version) {
		assertThat(has(context, "app.password", id, version)).as("Environment: version %d", version).isTrue();
		String value = Canary.value(id, version);
		assertThat(value.equals(context.getBean(RotationBeans.App.class).getPassword()))
			.as("@ConfigurationProperties: version %d", version)
			.isTrue();
		assertThat(value.equals(context.getBean(RotationBeans.Scoped.class).getPassword()))
			.as("@RefreshScope: version %d", version)
			.isTrue();
	}

}
