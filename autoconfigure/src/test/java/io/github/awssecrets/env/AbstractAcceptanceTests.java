package io.github.awssecrets.env;

import java.nio.file.Path;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.TestApplication;

/**
 * The acceptance suite: what users may rely on, whether Spring Cloud creates a bootstrap
 * context or not. One chapter for each subject.
 */
abstract class AbstractAcceptanceTests extends AbstractApplicationTests implements SourceCases, OverrideCases,
		EarlyPropertyCases, FailureCases, ImportCases, RunningCases, RotationCases {

	@Override
	public TestApplication inMode(TestApplication application) {
		return application;
	}

	@Override
	public SecretsServer secretsServer() {
		return server;
	}

	@Override
	public Path files() {
		return this.directory;
	}

}
