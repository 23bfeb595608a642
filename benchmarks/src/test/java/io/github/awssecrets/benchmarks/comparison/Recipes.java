package io.github.awssecrets.benchmarks.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.springframework.util.FileSystemUtils;

/**
 * What makes the JVM start faster: archives of classes, written by a run before. Each
 * variant has its own.
 */
final class Recipes implements AutoCloseable {

	/** The home of a JDK 25 or later. */
	private static final String JDK_25 = System.getProperty("jdk25", "");

	private final Path directory;

	private final Map<Variant, List<Recipe>> recipes;

	private Recipes(Path directory, Map<Variant, List<Recipe>> recipes) {
		this.directory = directory;
		this.recipes = recipes;
	}

	/**
	 * Write the archives.
	 * @return the recipes
	 */
	static Recipes prepare() {
		try {
			Path directory = Files.createTempDirectory("archives");
			return new Recipes(directory, Map.of(Variant.PLAIN, recipes(directory, Variant.PLAIN), Variant.STARTER,
					recipes(directory, Variant.STARTER)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<Recipe> recipes(Path directory, Variant variant) {
		List<Recipe> recipes = new ArrayList<>();
		Jvm current = Jvm.current();
		String version = "JDK " + Runtime.version().feature();
		recipes.add(new Recipe(version, current));
		Path classes = directory.resolve(variant.label() + ".jsa");
		Scenario.START.run(variant, 1, current.with(List.of("-XX:ArchiveClassesAtExit=" + classes)));
		recipes.add(new Recipe(version + " with AppCDS", current.with(List.of("-XX:SharedArchiveFile=" + classes))));
		if (JDK_25.isEmpty()) {
			System.out.println("JDK 25: not run, -Djdk25 does not say where it is");
			return recipes;
		}
		Jvm later = new Jvm(Path.of(JDK_25), List.of());
		recipes.add(new Recipe("JDK 25", later));
		Path cache = directory.resolve(variant.label() + ".aot");
		Scenario.START.run(variant, 1, later.with(List.of("-XX:AOTCacheOutput=" + cache)));
		recipes.add(new Recipe("JDK 25 with AOT cache", later.with(List.of("-XX:AOTCache=" + cache))));
		return recipes;
	}

	/**
	 * Return the recipes of a variant.
	 * @param variant the variant
	 * @return the recipes, of each variant in the same order
	 */
	List<Recipe> of(Variant variant) {
		return this.recipes.getOrDefault(variant, List.of());
	}

	@Override
	public void close() {
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A way to start the JVM.
	 *
	 * @param name what it is called
	 * @param jvm the JVM and its options
	 */
	record Recipe(String name, Jvm jvm) {

	}

}
