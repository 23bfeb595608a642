package io.github.awssecrets.contract;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process and all that it started, which end with it, and at the latest with this JVM.
 */
final class ChildProcess implements AutoCloseable {

	private static final int SECONDS_TO_STOP = 10;

	private final Process process;

	private final Thread hook = new Thread(() -> handles().forEach(ProcessHandle::destroyForcibly), "end-child");

	ChildProcess(Process process) {
		this.process = process;
		Runtime.getRuntime().addShutdownHook(this.hook);
	}

	/** A shim may have started the server instead of becoming it. */
	private List<ProcessHandle> handles() {
		return Stream.concat(this.process.descendants(), Stream.of(this.process.toHandle())).toList();
	}

	@Override
	public void close() {
		// Before any ends: the children of a process that has ended are not found any
		// more
		List<ProcessHandle> handles = handles();
		handles.forEach(ProcessHandle::destroy);
		CompletableFuture.allOf(handles.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
			.completeOnTimeout(null, SECONDS_TO_STOP, TimeUnit.SECONDS)
			.join();
		handles.forEach(ProcessHandle::destroyForcibly);
		Runtime.getRuntime().removeShutdownHook(this.hook);
	}

}
