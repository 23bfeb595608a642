package io.github.awssecrets.sample.web;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.tomcat.ConnectorStartFailedException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says how to choose another port, in the words of the command that starts the sample.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class PortTakenFailureAnalyzer extends AbstractFailureAnalyzer<WebServerException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, WebServerException cause) {
		if (cause instanceof PortInUseException taken) {
			return analyze(taken.getPort(), cause);
		}
		if (cause instanceof ConnectorStartFailedException failed) {
			return analyze(failed.getPort(), cause);
		}
		return null;
	}

	private FailureAnalysis analyze(int port, WebServerException cause) {
		return new FailureAnalysis("Port " + port + " is taken: another process listens there already.", """
				Stop that process, or choose another port with --server.port=, through Maven:

				    mvn -pl sample-app -am spring-boot:run -Dspring-boot.run.arguments=--server.port=8081

				With --server.port=0 any free port is chosen.""", cause);
	}

}
