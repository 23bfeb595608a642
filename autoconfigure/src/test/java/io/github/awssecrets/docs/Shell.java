package io.github.awssecrets.docs;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A shell of this machine. Runs each script in a directory of its own, with nothing but
 * {@code PATH} in its environment.
 *
 * @param command the command, to which the script is added
 */
record Shell(List<String> command) {

	static final Shell BASH = new Shell(List.of("bash", "--noprofile", "--norc", "-c"));

	static final Shell ZSH = new Shell(List.of("zsh", "-f", "-c"));

	boolean isPresent() {
		return Arrays.stream(path().split(Pattern.quote(File.pathSeparator)))
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, this.command.get(0))));
	}

	private static String path() {
		return System.getenv().getOrDefault("PATH", "");
	}

	/**
	 * Load what an example exports, as a process that the shell starts receives it.
	 * @param example the script
	 * @return the values by name in lower case
	 * @throws Exception if the script fails
	 */
	Map<String, String> exports(String example) throws Exception {
		Map<String, String> values = environment(example);
		values.keySet().removeAll(environment("").keySet());
		return values;
	}

	private Map<String, String> environment(String script) throws IOException, InterruptedException {
		Map<String, String> values = new TreeMap<>();
		for (String variable : run(script + "exec env -0")) {
			String[] parts = variable.split("=", 2);
			values.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
		}
		return values;
	}

	/**
	 * Load the arguments that an example passes to {@code java -jar app.jar}.
	 * @param example the script
	 * @return the values by name
	 * @throws Exception if the script fails
	 */
	Map<String, String> arguments(String example) throws Exception {
		String java = "java() { shift 2; printf '%s\\0' \"$@\"; }\n";
		return BootFormats.arguments(run("set -e\n" + java + example).toArray(String[]::new));
	}

	private List<String> run(String script) throws IOException, InterruptedException {
		Path directory = Files.createTempDirectory("quoting");
		try {
			List<String> line = new ArrayList<>(this.command);
			line.add(script);
			return List.of(run(directory, line).split("\0"));
		}
		finally {
			for (File file : directory.toFile().listFiles()) {
				Files.delete(file.toPath());
			}
			Files.delete(directory);
		}
	}

	private static String run(Path directory, List<String> line) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile())
			.redirectError(ProcessBuilder.Redirect.DISCARD);
		builder.environment().clear();
		builder.environment().put("PATH", path());
		Process process = builder.start();
		process.getOutputStream().close();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (process.waitFor() != 0) {
			throw new IOException("Exit code %d".formatted(process.exitValue()));
		}
		return output;
	}

}
