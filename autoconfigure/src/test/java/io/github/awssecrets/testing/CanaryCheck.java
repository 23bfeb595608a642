package io.github.awssecrets.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The last step of a module's build: fails it if the tests that ran leaked a canary
 * value, or were not watched. Reads what {@link CanaryListener} noted, and scans every
 * file in {@code target} but classes and jars, which hold the marker rightfully. Prints
 * one line about what it saw. Needs nothing but the JDK.
 */
public final class CanaryCheck {

	private static final Set<String> SKIPPED_DIRECTORIES = Set.of("classes", "test-classes", "canary");

	private final Path module;

	private final List<String> problems = new ArrayList<>();

	private final Set<String> reported = new TreeSet<>();

	private int files;

	private long bytes;

	private CanaryCheck(Path module) {
		this.module = module;
	}

	/**
	 * Check modules.
	 * @param args the base directory of the module, then those of others whose files are
	 * to be scanned although no listener watched their tests
	 * @throws IllegalStateException if there is a leak, or a test was not watched
	 */
	public static void main(String[] args) {
		CanaryCheck check = new CanaryCheck(Path.of(args[0]));
		for (String directory : args) {
			check.scan(Path.of(directory));
		}
		System.out.println(check.run());
	}

	static String check(Path module) {
		CanaryCheck check = new CanaryCheck(module);
		check.scan(module);
		return check.run();
	}

	private String run() {
		CanaryLog log = CanaryLog.ofModule(this.module);
		Set<String> watched = log.watched();
		this.problems.addAll(log.findings());
		int findings = this.problems.size();
		requireWatched(watched);
		String summary = "canary: %d files, %d bytes, %d test classes watched, %d findings".formatted(this.files,
				this.bytes, watched.size(), findings);
		if (!this.problems.isEmpty()) {
			throw new IllegalStateException(
					summary + System.lineSeparator() + String.join(System.lineSeparator(), this.problems));
		}
		return watched.isEmpty() ? summary + " (no tests ran)" : summary;
	}

	private void requireWatched(Set<String> watched) {
		if (this.reported.isEmpty() && !watched.isEmpty()) {
			this.problems.add("Tests were watched, but left no report to scan.");
		}
		Set<String> unwatched = new TreeSet<>(this.reported);
		unwatched.removeAll(watched);
		if (!unwatched.isEmpty()) {
			this.problems.add("Not watched: " + String.join(", ", unwatched)
					+ ". Is the test jar with CanaryListener on the test class path?");
		}
	}

	private void scan(Path directory) {
		Path target = directory.resolve("target");
		try {
			if (Files.isDirectory(target)) {
				Files.walkFileTree(target, new TargetVisitor(target, directory.equals(this.module)));
			}
			if (Files.isDirectory(directory)) {
				try (var siblings = Files.newDirectoryStream(directory, "*.log")) {
					siblings.forEach(this::scanFile);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void scanFile(Path file) {
		this.files++;
		this.bytes += file.toFile().length();
		CanaryScanner.scan(file).forEach((finding) -> this.problems.add(finding.toString()));
	}

	private final class TargetVisitor extends SimpleFileVisitor<Path> {

		private final Path target;

		private final boolean own;

		TargetVisitor(Path target, boolean own) {
			this.target = target;
			this.own = own;
		}

		@Override
		public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
			boolean skipped = this.target.equals(directory.getParent())
					&& SKIPPED_DIRECTORIES.contains(directory.getFileName().toString());
			return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
			String name = file.getFileName().toString();
			if (!name.endsWith(".jar") && !name.endsWith(".jar.original")) {
				scanFile(file);
			}
			if (this.own && name.startsWith("TEST-") && name.endsWith(".xml")) {
				CanaryCheck.this.reported.add(name.substring("TEST-".length(), name.length() - ".xml".length()));
			}
			return FileVisitResult.CONTINUE;
		}

	}

}
