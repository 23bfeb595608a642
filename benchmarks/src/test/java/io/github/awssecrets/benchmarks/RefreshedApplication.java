package io.github.awssecrets.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.refresh.RefreshEventApplier;
import io.github.awssecrets.refresh.SecretsWatcher;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.TestApplication;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.cloud.endpoint.event.RefreshEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.FileSystemUtils;

/**
 * A Spring Boot application with secrets of five keys, of which it refers to all, and a
 * bean of configuration properties for the first. Without the starter, the same values
 * stand in its {@code application.yml}, in which one changes before a refresh.
 */
final class RefreshedApplication implements AutoCloseable {

	private static final String[] KEYS = { "key0", "key1", "key2", "key3", "key4" };

	private static final String FIRST = "bench.secret-0.key0";

	private final int secrets;

	private final boolean starter;

	private final Path directory;

	private final SecretsServer server;

	private final ConfigurableApplicationContext context;

	private int version = 1;

	private RefreshedApplication(int secrets, boolean starter, Path directory) {
		this.secrets = secrets;
		this.starter = starter;
		this.directory = directory;
		this.server = SecretsServer.start();
		for (int i = 0; i < secrets; i++) {
			this.server.create(name(i), json(i));
		}
		Thread thread = Thread.currentThread();
		ClassLoader classLoader = thread.getContextClassLoader();
		try {
			thread.setContextClassLoader(starter ? classLoader : new WithoutStarterClassLoader(classLoader));
			this.context = TestApplication.in(directory, this.server)
				.yaml(yaml())
				.classes(Beans.class)
				.arguments("--logging.level.root=warn")
				.run();
		}
		finally {
			thread.setContextClassLoader(classLoader);
		}
	}

	static RefreshedApplication start(int secrets, boolean starter) {
		try {
			return new RefreshedApplication(secrets, starter, Files.createTempDirectory("refreshed"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String name(int secret) {
		return "bench/secret-" + secret;
	}

	private int version(int secret) {
		return (secret == 0) ? this.version : 1;
	}

	private String json(int secret) {
		return Canary.json(name(secret), version(secret), KEYS);
	}

	private String value(int secret, String key) {
		return Canary.value(name(secret) + "." + key, version(secret));
	}

	private String yaml() {
		StringBuilder yaml = new StringBuilder("bench:\n");
		for (int i = 0; i < this.secrets; i++) {
			yaml.append("  secret-%d:%n".formatted(i));
			for (String key : KEYS) {
				yaml.append("    %s: \"%s\"%n".formatted(key, this.starter ? "$<secret:%s.%s>".formatted(name(i), key)
						: value(i, key).replace("\"", "\\\"")));
			}
		}
		return yaml.toString();
	}

	/**
	 * Let one secret have another version, and have the watcher stage it.
	 */
	void rotate() {
		this.version++;
		if (this.starter) {
			this.server.put(name(0), json(0));
			this.context.getBean(SecretsWatcher.class).pollNow();
			return;
		}
		try {
			Files.writeString(this.directory.resolve("application.yml"), yaml());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Apply what is staged, by one refresh on this thread.
	 */
	void refresh() {
		if (this.starter) {
			this.context.getBean(RefreshEventApplier.class).apply(this.context.getBean(SecretsWatcher.class).pending());
		}
		else {
			this.context.publishEvent(new RefreshEvent(this, null, "A property has changed"));
		}
	}

	/**
	 * Return whether Environment and bean have the value of the last rotation.
	 * @return whether it has arrived
	 */
	boolean isRefreshed() {
		String expected = value(0, KEYS[0]);
		return expected.equals(this.context.getEnvironment().getProperty(FIRST))
				&& expected.equals(this.context.getBean(Secret.class).getKey0());
	}

	@Override
	public void close() {
		this.context.close();
		this.server.close();
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		@ConfigurationProperties("bench.secret-0")
		Secret secret() {
			return new Secret();
		}

	}

	/**
	 * A bean with a property of the first secret.
	 */
	public static class Secret {

		private @Nullable String key0;

		public @Nullable String getKey0() {
			return this.key0;
		}

		public void setKey0(@Nullable String key0) {
			this.key0 = key0;
		}

	}

}
