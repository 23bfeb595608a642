package io.github.awssecrets.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The directory in which the JVMs that run a module's tests note what they watched and
 * found, for {@link CanaryCheck} to read. Each JVM has its own files, and writes through
 * at once.
 */
final class CanaryLog {

	private static final String FINDINGS = "findings-";

	private static final String WATCHED = "watched-";

	private final Path directory;

	CanaryLog(Path directory) {
		this.directory = directory;
	}

	/**
	 * Return the log of a module.
	 * @param module the module's base directory
	 */
	static CanaryLog ofModule(Path module) {
		return new CanaryLog(module.resolve("target").resolve("canary"));
	}

	void addFinding(CanaryFinding finding) {
		append(FINDINGS, finding.toString());
	}

	void addWatched(String testClass) {
		append(WATCHED, testClass);
	}

	List<String> findings() {
		return lines(FINDINGS);
	}

	Set<String> watched() {
		return new TreeSet<>(lines(WATCHED));
	}

	private synchronized void append(String prefix, String line) {
		try {
			Files.createDirectories(this.directory);
			Path file = this.directory.resolve(prefix + ProcessHandle.current().pid() + ".txt");
			Files.writeString(file, line.replaceAll("\\R", " ") + '\n', StandardOpenOption.CREATE,
					StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private List<String> lines(String prefix) {
		if (!Files.isDirectory(this.directory)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.filter((file) -> file.getFileName().toString().startsWith(prefix))
				.sorted()
				.flatMap(CanaryLog::lines)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<String> lines(Path file) {
		try {
			return Files.readAllLines(file).stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
