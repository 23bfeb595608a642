package io.github.awssecrets.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The {@code docker compose} of this machine, which needs no engine to read a file.
 */
final class DockerCompose {

	private DockerCompose() {
	}

	static boolean isPresent() throws InterruptedException {
		try {
			run(List.of("docker", "compose", "version"));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Load a Compose file.
	 * @param directory where to write it
	 * @param example the file
	 * @return the environment of service {@code app}
	 * @throws Exception if Compose refuses the file
	 */
	static Map<String, String> load(Path directory, String example) throws Exception {
		Path file = Files.writeString(directory.resolve("compose.yaml"), example);
		String canonical = run(List.of("docker", "compose", "-f", file.toString(), "config"));
		// What it prints is again a Compose file, in which each $ is doubled
		return ContainerFormats.composeEnvironment(canonical, (value) -> value.replace("$$", "$"));
	}

	private static String run(List<String> command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
		process.getOutputStream().close();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (process.waitFor() != 0) {
			throw new IOException("Exit code %d".formatted(process.exitValue()));
		}
		return output;
	}

}
