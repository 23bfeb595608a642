package io.github.awssecrets.retrieval;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WireLogs}.
 */
@ExtendWith(OutputCaptureExtension.class)
class WireLogsTests {

	private static final String NAME = "org.apache.hc.client5.http.wire";

	private static final String CLIENT = "software.amazon.awssdk.http.apache5.Apache5HttpClient";

	private final Logger wire = (Logger) LoggerFactory.getLogger(NAME);

	@AfterEach
	void reset() {
		this.wire.setLevel(null);
	}

	@Test
	void checkWhenLoggerIsAtDebugWarnsOnce(CapturedOutput output) {
		this.wire.setLevel(Level.DEBUG);
		WireLogs logs = new WireLogs(CLIENT::equals);
		logs.check();
		logs.check();
		assertThat(output.getAll().lines().filter((line) -> line.contains("WARN"))).singleElement()
			.asString()
			.endsWith("Values of secrets will be logged by " + NAME
					+ ", which write what AWS answers at DEBUG. Set the level of these loggers to INFO.");
	}

	@Test
	void checkWhenLevelIsChangedLaterWarns(CapturedOutput output) {
		this.wire.setLevel(Level.INFO);
		WireLogs logs = new WireLogs(CLIENT::equals);
		logs.check();
		assertThat(output.getAll()).doesNotContain(NAME);
		this.wire.setLevel(Level.TRACE);
		logs.check();
		assertThat(output.getAll()).contains(NAME);
	}

	@Test
	void checkWhenClientIsNotThereDoesNotWarn(CapturedOutput output) {
		this.wire.setLevel(Level.DEBUG);
		new WireLogs().check();
		assertThat(output.getAll()).doesNotContain(NAME);
	}

}
