package io.github.awssecrets.connection;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactories;

import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Tests that the factories of connection details do no harm where they are of no use.
 */
class ConnectionDetailsFactoriesTests {

	@ParameterizedTest
	@ValueSource(strings = { "testcontainers-localstack-.*", "(spring-boot-)?testcontainers-.*",
			"spring-boot-docker-compose-.*", "(spring-boot-)?(testcontainers|docker-compose)-.*" })
	void factoriesWhenJarsAreMissingLoad(String missing) throws ReflectiveOperationException, IOException {
		URL[] classPath = Stream
			.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
				.split(File.pathSeparator))
			.filter((entry) -> !Path.of(entry).getFileName().toString().matches(missing))
			.map(ConnectionDetailsFactoriesTests::url)
			.toArray(URL[]::new);
		try (URLClassLoader loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
			Class<?> factories = loader.loadClass(ConnectionDetailsFactories.class.getName());
			assertThatCode(() -> factories.getConstructor(ClassLoader.class).newInstance(loader))
				.doesNotThrowAnyException();
		}
	}

	private static URL url(String entry) {
		try {
			return Path.of(entry).toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
