package io.github.awssecrets.sample.demo;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what to do when a server that the sample brings along does not start.
 */
class EmbeddedServerFailureAnalyzer extends AbstractFailureAnalyzer<EmbeddedServerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, EmbeddedServerException cause) {
		return new FailureAnalysis(cause.getMessage(), """
				See PostgreSQL's own messages with --logging.level.io.zonky.test=INFO, through Maven:

				    mvn -pl sample-app -am spring-boot:run \
				-Dspring-boot.run.arguments=--logging.level.io.zonky.test=INFO

				PostgreSQL refuses to run as root: in a container, use another user.""", cause);
	}

}
