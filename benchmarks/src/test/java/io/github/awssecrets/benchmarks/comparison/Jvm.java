package io.github.awssecrets.benchmarks.comparison;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.awssecrets.benchmarks.application.MeasuredApplication;

/**
 * The JVM that runs the measured application.
 *
 * @param home the home of the JDK
 * @param options its options
 */
record Jvm(Path home, List<String> options) {

	private static final Path APPLICATIONS = Path.of(System.getProperty("benchmarks.directory", "."), "applications");

	private static final String PLAIN_JAR = "aws-secrets-benchmarks-plain";

	/**
	 * Return the JVM that runs this process.
	 * @param options its options
	 * @return the JVM
	 */
	static Jvm current(String... options) {
		return new Jvm(Path.of(System.getProperty("java.home")), List.of(options));
	}

	/**
	 * Return this JVM with more options.
	 * @param more the options
	 * @return the JVM
	 */
	Jvm with(List<String> more) {
		List<String> all = new ArrayList<>(this.options);
		all.addAll(more);
		return new Jvm(this.home, all);
	}

	/**
	 * Return the command that runs the measured application.
	 * @param variant the variant
	 * @param arguments its arguments
	 * @return the command
	 */
	List<String> command(Variant variant, List<String> arguments) {
		List<String> command = new ArrayList<>(List.of(this.home.resolve("bin").resolve("java").toString()));
		command.addAll(this.options);
		command.addAll(List.of("-classpath", classPath(variant), MeasuredApplication.class.getName()));
		command.addAll(arguments);
		return command;
	}

	/**
	 * Return whether a variant has been built.
	 * @param variant the variant
	 * @return whether its class path is known
	 */
	static boolean knows(Variant variant) {
		return Files.exists(classPathFile(variant));
	}

	private static String classPath(Variant variant) {
		try {
			String libraries = Files.readString(classPathFile(variant)).trim();
			return (variant != Variant.PLAIN) ? libraries : plainJar() + File.pathSeparator + libraries;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The class path of '%s' is not known. Build the modules in %s"
				.formatted(variant.label(), APPLICATIONS), ex);
		}
	}

	private static Path classPathFile(Variant variant) {
		return APPLICATIONS.resolve(variant.label()).resolve("target").resolve("classpath");
	}

	private static Path plainJar() throws IOException {
		Path target = APPLICATIONS.resolve(Variant.PLAIN.label()).resolve("target");
		try (DirectoryStream<Path> files = Files.newDirectoryStream(target, PLAIN_JAR + "-*.jar")) {
			return files.iterator().next();
		}
	}

}
