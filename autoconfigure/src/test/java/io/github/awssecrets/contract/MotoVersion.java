package io.github.awssecrets.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Which moto a {@code moto_server} is of: it does not tell, but the Python that runs it
 * knows.
 */
final class MotoVersion {

	/** The version whose deviations were seen. */
	static final String SEEN = "5.2.1";

	static final String UNKNOWN = "of unknown version";

	private static final String QUESTION = "import importlib.metadata; print(importlib.metadata.version('moto'))";

	private static final Pattern ANSWER = Pattern.compile("\\d[\\w.+-]*");

	private static final int SECONDS_TO_ANSWER = 20;

	private MotoVersion() {
	}

	static String of(Path command) {
		try {
			Process process = new ProcessBuilder(python(command), "-c", QUESTION)
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start();
			ChildProcess child = new ChildProcess(process);
			try {
				if (!process.waitFor(SECONDS_TO_ANSWER, TimeUnit.SECONDS)) {
					return UNKNOWN;
				}
			}
			finally {
				child.close();
			}
			String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
			return ANSWER.matcher(answer).matches() ? answer : UNKNOWN;
		}
		catch (IOException ex) {
			return UNKNOWN;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return UNKNOWN;
		}
	}

	/** The interpreter that the script names, or the one next to a shim. */
	private static String python(Path command) throws IOException {
		String first = Files.readString(command, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
		String interpreter = first.replaceFirst("^#!", "").strip();
		return (first.startsWith("#!") && interpreter.contains("python") && Files.isExecutable(Path.of(interpreter)))
				? interpreter : command.resolveSibling("python").toString();
	}

}
