package io.github.awssecrets.env;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A retrieval on a thread of its own, and what is to be done when it is over: by the
 * first thread that waits for it, and once. All who wait get the same failure.
 *
 * @param <T> the type of what is retrieved
 */
final class PendingRetrieval<T> {

	private static final Duration CLOSING = Duration.ofSeconds(3);

	private final FutureTask<T> task;

	private final Thread thread;

	private final Consumer<T> end;

	private boolean ended;

	private @Nullable Throwable failure;

	private PendingRetrieval(Supplier<T> retrieval, Consumer<T> end) {
		this.task = new FutureTask<>(retrieval::get);
		this.thread = new Thread(this.task, "aws-secrets-start");
		this.thread.setDaemon(true);
		this.thread.setContextClassLoader(PendingRetrieval.class.getClassLoader());
		this.end = end;
	}

	/**
	 * Start a retrieval.
	 * @param <T> the type of what is retrieved
	 * @param retrieval what to do on another thread
	 * @param end what to do with the result, on the thread that waits for it
	 * @return the retrieval, under way
	 */
	static <T> PendingRetrieval<T> start(Supplier<T> retrieval, Consumer<T> end) {
		PendingRetrieval<T> pending = new PendingRetrieval<>(retrieval, end);
		pending.thread.start();
		return pending;
	}

	/**
	 * Wait until the retrieval is over. If this thread is interrupted meanwhile, the
	 * retrieval is.
	 * @throws RuntimeException what retrieving, or what is done with the result, has
	 * thrown
	 */
	synchronized void await() {
		if (!this.ended) {
			// Before the end, which may itself read what others wait for
			this.ended = true;
			try {
				this.end.accept(result());
			}
			catch (RuntimeException | Error ex) {
				this.failure = ex;
			}
		}
		if (this.failure instanceof Error error) {
			throw error;
		}
		if (this.failure instanceof RuntimeException exception) {
			throw exception;
		}
	}

	/**
	 * Wait for the end of the thread, which comes soon after what it retrieves with was
	 * closed.
	 */
	void awaitThread() {
		try {
			this.thread.join(CLOSING.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private T result() {
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return this.task.get();
				}
				catch (InterruptedException ex) {
					interrupted = true;
					this.thread.interrupt();
				}
			}
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof Error error) {
				throw error;
			}
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex);
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
