package io.github.awssecrets.retrieval;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link SecretRetrieval} loads of the AWS SDK, and when.
 */
class SecretRetrievalClassLoadingTests {

	@Test
	void retrieveWhenNothingIsAskedForLoadsNothingOfTheSdk() throws Exception {
		try (HidingClassLoader loader = new HidingClassLoader("software.amazon.awssdk.")) {
			assertThat(retrieve(loader, List.of())).contains("outcomes={}");
			assertThat(loader.hidden).isZero();
		}
	}

	@Test
	void retrieveWhenRoleIsConfiguredWithoutStsSaysSo() throws Exception {
		try (HidingClassLoader loader = new HidingClassLoader("software.amazon.awssdk.services.sts.")) {
			Class<?> idType = loader.loadClass("io.github.awssecrets.reference.SecretId");
			Object id = idType.getConstructor(String.class).newInstance("prod/db");
			Object selector = loader.loadClass("io.github.awssecrets.reference.SecretSelector")
				.getMethod("current", idType)
				.invoke(null, id);
			assertThat(retrieve(loader, List.of(selector))).contains("NO_CREDENTIALS")
				.contains("a role can be assumed only with software.amazon.awssdk:sts on the class path");
		}
	}

	private static String retrieve(ClassLoader loader, List<?> selectors) throws Exception {
		Class<?> settingsType = loader.loadClass(RetrievalSettings.class.getName());
		Object settings = settingsType.getMethod("defaults").invoke(null);
		settings = settingsType.getMethod("at", String.class, URI.class)
			.invoke(settings, "eu-west-1", URI.create("http://localhost:1"));
		settings = settingsType.getMethod("as", String.class, String.class)
			.invoke(settings, null, "arn:aws:iam::123456789012:role/orders");
		Class<?> type = loader.loadClass(SecretRetrieval.class.getName());
		try (AutoCloseable retrieval = (AutoCloseable) type.getMethod("aws", settingsType, List.class)
			.invoke(null, settings, List.of())) {
			return String.valueOf(type.getMethod("retrieve", Collection.class, Duration.class)
				.invoke(retrieval, selectors, Duration.ofSeconds(30)));
		}
	}

	/**
	 * The class path of this test without the classes under one package.
	 */
	private static final class HidingClassLoader extends URLClassLoader {

		private final String prefix;

		private int hidden;

		HidingClassLoader(String prefix) {
			super(classPath(), ClassLoader.getPlatformClassLoader());
			this.prefix = prefix;
		}

		private static URL[] classPath() {
			String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
			return Stream.of(path.split(File.pathSeparator)).map(HidingClassLoader::url).toArray(URL[]::new);
		}

		private static URL url(String entry) {
			try {
				return Path.of(entry).toUri().toURL();
			}
			catch (MalformedURLException ex) {
				throw new IllegalArgumentException(ex);
			}
		}

		@Override
		protected synchronized Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (name.startsWith(this.prefix)) {
				this.hidden++;
				throw new ClassNotFoundException(name);
			}
			return super.loadClass(name, resolve);
		}

	}

}
