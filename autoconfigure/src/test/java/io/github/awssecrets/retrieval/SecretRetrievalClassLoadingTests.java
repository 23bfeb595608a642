package io.github.awssecrets.retrieval;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.asm.ClassWriter;
import org.springframework.asm.Opcodes;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link SecretRetrieval} loads of the AWS SDK, and when.
 */
@ExtendWith(OutputCaptureExtension.class)
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
			assertThat(retrieve(loader, List.of(selector(loader)))).contains("NO_CREDENTIALS")
				.contains("a role can be assumed only with software.amazon.awssdk:sts on the class path");
		}
	}

	@ParameterizedTest
	@CsvSource({ "software.amazon.awssdk.http.apache.ApacheHttpClient, org.apache.http.wire",
			"software.amazon.awssdk.http.apache5.Apache5HttpClient, org.apache.hc.client5.http.wire",
			"software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient, io.netty.handler.logging.LoggingHandler" })
	void retrieveWhenClientThatLogsAnswersIsThereWarns(String client, String logger, CapturedOutput output)
			throws Exception {
		try (HidingClassLoader loader = new HidingClassLoader("software.amazon.awssdk.services.sts.")) {
			loader.stub = client;
			retrieveAndLog(loader);
			assertThat(output.getAll().lines().filter((line) -> line.contains("WARN"))).singleElement()
				.asString()
				.contains("WireLogs", "Values of secrets will be logged by " + logger + ", which write");
		}
	}

	@Test
	void retrieveWhenNoClientLogsAnswersDoesNotWarn(CapturedOutput output) throws Exception {
		try (HidingClassLoader loader = new HidingClassLoader("software.amazon.awssdk.services.sts.")) {
			retrieveAndLog(loader);
			assertThat(output.getAll()).contains("DEBUG").doesNotContain("Values of secrets will be logged");
		}
	}

	@Test
	void retrieveFromFileLoadsNothingOfTheSdk() throws Exception {
		try (HidingClassLoader loader = new HidingClassLoader("software.amazon.awssdk.")) {
			Object file = loader.loadClass("org.springframework.core.io.ByteArrayResource")
				.getConstructor(byte[].class)
				.newInstance("prod/db: x".getBytes(StandardCharsets.UTF_8));
			Class<?> type = loader.loadClass(SecretRetrieval.class.getName());
			Object retrieval = type.getMethod("local", loader.loadClass("org.springframework.core.io.Resource"))
				.invoke(null, file);
			assertThat(retrieve(type, retrieval, List.of(selector(loader)))).contains("AWSCURRENT");
			assertThat(loader.hidden).isZero();
		}
	}

	/* All at DEBUG. Who logs is looked for by the class loader of the thread */
	private static void retrieveAndLog(ClassLoader loader) throws Exception {
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		Thread.currentThread().setContextClassLoader(loader);
		try {
			Object root = loader.loadClass("org.slf4j.LoggerFactory")
				.getMethod("getLogger", String.class)
				.invoke(null, "ROOT");
			Class<?> level = loader.loadClass("ch.qos.logback.classic.Level");
			root.getClass().getMethod("setLevel", level).invoke(root, level.getField("DEBUG").get(null));
			retrieve(loader, List.of(selector(loader)));
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
	}

	private static Object selector(ClassLoader loader) throws Exception {
		Class<?> idType = loader.loadClass("io.github.awssecrets.reference.SecretId");
		Object id = idType.getConstructor(String.class).newInstance("prod/db");
		return loader.loadClass("io.github.awssecrets.reference.SecretSelector")
			.getMethod("current", idType)
			.invoke(null, id);
	}

	private static String retrieve(ClassLoader loader, List<?> selectors) throws Exception {
		Class<?> settingsType = loader.loadClass(RetrievalSettings.class.getName());
		Object settings = settingsType.getMethod("defaults").invoke(null);
		settings = settingsType.getMethod("at", String.class, URI.class)
			.invoke(settings, "eu-west-1", URI.create("http://localhost:1"));
		settings = settingsType.getMethod("as", String.class, String.class)
			.invoke(settings, null, "arn:aws:iam::123456789012:role/orders");
		Class<?> type = loader.loadClass(SecretRetrieval.class.getName());
		return retrieve(type, type.getMethod("aws", settingsType, List.class).invoke(null, settings, List.of()),
				selectors);
	}

	private static String retrieve(Class<?> type, Object retrieval, List<?> selectors) throws Exception {
		try (AutoCloseable closing = (AutoCloseable) retrieval) {
			return String.valueOf(type.getMethod("retrieve", Collection.class, Duration.class)
				.invoke(closing, selectors, Duration.ofSeconds(30)));
		}
	}

	/**
	 * The class path of this test without the classes under one package, and with an
	 * empty class.
	 */
	private static final class HidingClassLoader extends URLClassLoader {

		private final String prefix;

		private int hidden;

		private String stub;

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
			if (name.equals(this.stub)) {
				Class<?> defined = findLoadedClass(name);
				return (defined != null) ? defined : define(name);
			}
			return super.loadClass(name, resolve);
		}

		private Class<?> define(String name) {
			ClassWriter writer = new ClassWriter(0);
			writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name.replace('.', '/'), null, "java/lang/Object", null);
			writer.visitEnd();
			byte[] bytes = writer.toByteArray();
			return defineClass(name, bytes, 0, bytes.length);
		}

	}

}
