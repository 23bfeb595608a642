package io.github.awssecrets.env;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.HeapDump;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what of secrets stays in memory: of versions that are not in use nothing, and of
 * JSON only its values. The secrets come from a file, as a server in this JVM would hold
 * them too.
 */
class MemoryIntegrationTests {

	@TempDir
	private Path directory;

	@TempDir
	private Path files;

	@Test
	void heapWhenSecretsWereRotatedHoldsNothingOfOtherVersionsAndNoJson() throws IOException {
		write(1, 1, "password", "token");
		try (ConfigurableApplicationContext context = TestApplication.in(this.directory)
			.arguments("--aws.secrets.local=file:" + this.files.resolve("secrets.yml"))
			.yaml("""
					spring.config.import: "secret:memory/imported?prefix=imported."
					app:
					  password: $<secret:memory/db.password>
					  derived: x-${app.password}
					  token: $<secret:memory/db.token>
					  whole: $<secret:memory/whole>
					""")
			.classes(Beans.class)
			.run()) {
			read(context);
			write(2, 2, "password", "token");
			context.getBean(ContextRefresher.class).refresh();
			read(context);
			// Rejected, as a key in use is gone
			write(3, 2, "password");
			context.getBean(ContextRefresher.class).refresh();
			read(context);
			HeapDump dump = HeapDump.write(this.files.resolve("heap.hprof"));
			assertThat(dump.count(values(2))).as("in use").isEqualTo(3);
			assertThat(dump.count(values(1))).as("before the rotation").isZero();
			assertThat(dump.count(values(3))).as("rejected").isZero();
			assertThat(dump.count(List.of(Canary.json("memory/db", 2, "password", "token"))))
				.as("the JSON of what is in use")
				.isZero();
			assertThat(dump.count(List.of(Canary.json("memory/whole", 2, "key")))).as("referred to as a whole").isOne();
			assertThat(dump.count(List.of(Canary.json("memory/whole", 1, "key")))).as("the same before").isZero();
		}
		finally {
			Files.deleteIfExists(this.files.resolve("heap.hprof"));
		}
	}

	private static List<String> values(int version) {
		List<String> values = new ArrayList<>();
		Stream.of("db.password", "db.token", "imported.key")
			.forEach((key) -> values.add(Canary.value("memory/" + key, version)));
		return values;
	}

	private static void read(ConfigurableApplicationContext context) {
		for (String name : List.of("app.password", "app.derived", "app.token", "app.whole", "imported.key")) {
			context.getEnvironment().getProperty(name);
		}
		context.getBean(Scoped.class).read();
	}

	/* As one text, which is kept as it is, for lack of the quotes of a key */
	private void write(int version, int others, String... keys) throws IOException {
		Files.writeString(this.files.resolve("secrets.yml"), """
				memory/db: '%s'
				memory/whole: '%s'
				memory/imported: '%s'
				""".formatted(Canary.json("memory/db", version, keys), Canary.json("memory/whole", others, "key"),
				Canary.json("memory/imported", others, "key")));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(App.class)
	static class Beans {

		@Bean
		@RefreshScope
		Scoped scoped(Environment environment) {
			return new Scoped(environment.getRequiredProperty("app.token"));
		}

	}

	static class Scoped {

		private final String token;

		Scoped(String token) {
			this.token = token;
		}

		boolean read() {
			return this.token.isEmpty();
		}

	}

	@ConfigurationProperties("app")
	public static class App {

		private String password = "";

		public String getPassword() {
			return this.password;
		}

		public void setPassword(String password) {
			this.password = password;
		}

	}

}
