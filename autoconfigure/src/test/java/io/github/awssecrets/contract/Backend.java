package io.github.awssecrets.contract;

import java.util.Locale;

import io.github.awssecrets.testing.LocalStack;
import org.jspecify.annotations.Nullable;

/**
 * What the contract runs against.
 */
enum Backend {

	/** The embedded server, in this process. It is always there. */
	EMBEDDED {

		@Override
		@Nullable String absence() {
			return null;
		}

		@Override
		RunningBackend start() {
			return new EmbeddedBackend();
		}

	},

	/** {@code moto_server}, a child process. */
	MOTO {

		@Override
		@Nullable String absence() {
			return MotoBackend.absence();
		}

		@Override
		RunningBackend start() {
			return MotoBackend.start();
		}

	},

	/** LocalStack, in a container. */
	LOCALSTACK {

		@Override
		@Nullable String absence() {
			return LocalStack.absence();
		}

		@Override
		RunningBackend start() {
			return new LocalStackBackend();
		}

	};

	/**
	 * Return why the backend cannot run on this machine.
	 * @return the reason, or {@code null} if it can
	 */
	abstract @Nullable String absence();

	/**
	 * Start the backend.
	 * @return the backend, ready to answer, to be closed
	 * @throws org.opentest4j.TestAbortedException if this machine cannot start it
	 */
	abstract RunningBackend start();

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
