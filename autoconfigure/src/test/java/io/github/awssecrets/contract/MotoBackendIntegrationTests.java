package io.github.awssecrets.contract;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MotoBackend} with processes that only look like it.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no sh")
class MotoBackendIntegrationTests {

	@TempDir
	private Path directory;

	@Test
	void closeEndsWhatTheProcessStarted() {
		MotoBackend backend = start("5.2.1", "sleep 300 & echo ' * Running on http://127.0.0.1:1'; wait");
		List<ProcessHandle> started = ProcessHandle.current()
			.descendants()
			.filter((handle) -> handle.info().commandLine().orElse("").contains("sleep 300"))
			.toList();
		assertThat(started).hasSizeGreaterThanOrEqualTo(1);
		backend.close();
		assertThat(started).noneMatch(ProcessHandle::isAlive);
	}

	@Test
	void startWhenProcessEndsAtOnceTellsWhatItSaid() {
		assertThatExceptionOfType(TestAbortedException.class)
			.isThrownBy(() -> start("5.2.1", "echo Traceback; echo \"No module named 'flask'\"; exit 1"))
			.withMessage("moto_server ended: No module named 'flask'");
	}

	@Test
	void deviationsBindWithTheVersionThatWasSeenOnly() {
		assertThat(basis("5.2.1")).isNull();
		assertThat(basis("5.2.2")).isEqualTo("what was seen with moto 5.2.1");
		assertThat(basis(MotoVersion.UNKNOWN)).isEqualTo("what was seen with moto 5.2.1");
	}

	@Test
	void versionWhenNoPythonTellsItIsUnknown() {
		assertThat(MotoVersion.of(this.directory.resolve("moto_server"))).isEqualTo("of unknown version");
	}

	private static String basis(String version) {
		try (MotoBackend backend = start(version, "echo ' * Running on http://127.0.0.1:1'; sleep 300")) {
			return backend.unseenBasis();
		}
	}

	private static MotoBackend start(String version, String script) {
		return MotoBackend.start(version, "sh", "-c", script);
	}

}
