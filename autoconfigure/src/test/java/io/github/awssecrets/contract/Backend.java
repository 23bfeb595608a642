package io.github.awssecrets.contract;

import java.util.Locale;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What the contract runs against.
 */
enum Backend {

	/** The embedded server, in this process. It is always there. */
	EMBEDDED(() -> null, EmbeddedBackend::new),

	/** {@code moto_server}, a child process. */
	MOTO(MotoBackend::absence, MotoBackend::start),

	/** LocalStack, in a container. */
	LOCALSTACK(LocalStackBackend::absence, LocalStackBackend::start);

	private final Supplier<@Nullable String> absence;

	private final Supplier<RunningBackend> starter;

	Backend(Supplier<@Nullable String> absence, Supplier<RunningBackend> starter) {
		this.absence = absence;
		this.starter = starter;
	}

	/**
	 * Return why the backend cannot run on this machine.
	 * @return the reason, or {@code null} if it can
	 */
	@Nullable String absence() {
		return this.absence.get();
	}

	/**
	 * Start the backend.
	 * @return the backend, ready to answer, to be closed
	 */
	RunningBackend start() {
		return this.starter.get();
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
