package io.github.awssecrets.sample.demo;

import org.junit.jupiter.api.Test;

import org.springframework.boot.diagnostics.FailureAnalysis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EmbeddedServerFailureAnalyzer}.
 */
class EmbeddedServerFailureAnalyzerTests {

	@Test
	void analyzeSaysWhatFailedAndHowToSeeWhy() {
		FailureAnalysis analysis = new EmbeddedServerFailureAnalyzer().analyze(
				new EmbeddedServerException("PostgreSQL did not start: no space", new IllegalStateException("cause")));
		assertThat(analysis.getDescription()).isEqualTo("PostgreSQL did not start: no space");
		assertThat(analysis.getAction()).isEqualTo("""
				See PostgreSQL's own messages with --logging.level.io.zonky.test=INFO, through Maven:

				    mvn -pl sample-app -am spring-boot:run \
				-Dspring-boot.run.arguments=--logging.level.io.zonky.test=INFO

				PostgreSQL refuses to run as root: in a container, use another user.""");
	}

}
