package io.github.awssecrets.sample.web;

import org.junit.jupiter.api.Test;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.tomcat.ConnectorStartFailedException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.context.ApplicationContextException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PortTakenFailureAnalyzer}.
 */
class PortTakenFailureAnalyzerTests {

	private final PortTakenFailureAnalyzer analyzer = new PortTakenFailureAnalyzer();

	@Test
	void analyzeWhenConnectorFailedSaysHowToChooseAnotherPort() {
		FailureAnalysis analysis = this.analyzer
			.analyze(new ApplicationContextException("start", new ConnectorStartFailedException(8080)));
		assertThat(analysis.getDescription()).isEqualTo("Port 8080 is taken: another process listens there already.");
		assertThat(analysis.getAction()).isEqualTo("""
				Stop that process, or choose another port with --server.port=, through Maven:

				    mvn -pl sample-app -am spring-boot:run -Dspring-boot.run.arguments=--server.port=8081

				With --server.port=0 any free port is chosen.""");
	}

	@Test
	void analyzeWhenPortInUseNamesThePort() {
		assertThat(this.analyzer.analyze(new PortInUseException(9000)).getDescription()).contains("Port 9000");
	}

	@Test
	void analyzeWhenSomethingElseFailedLeavesItToOthers() {
		assertThat(this.analyzer.analyze(new WebServerException("other", null))).isNull();
	}

}
