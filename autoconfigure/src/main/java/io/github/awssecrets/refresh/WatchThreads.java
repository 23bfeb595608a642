package io.github.awssecrets.refresh;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/**
 * The threads of a watcher: one that runs its loop whenever something is due, and one for
 * each piece of work that may take long.
 */
public interface WatchThreads {

	/**
	 * Run a loop soon, and then whenever it asks for it. It is never run twice at once.
	 * @param loop the loop, the same one in each call
	 */
	void wake(Loop loop);

	/**
	 * Run work on a thread of its own.
	 * @param <T> the type of the result
	 * @param name the name of the thread
	 * @param work the work
	 * @param then called with the result or the failure, exactly once, on the same thread
	 * @return the work while it is under way
	 */
	<T> Job run(String name, Callable<T> work, Completion<T> then);

	/**
	 * End all threads, and wait for that a short while. May be used again afterwards.
	 */
	void stop();

	/**
	 * Return daemon threads, which exist only while there is something to do or to wait
	 * for.
	 * @return the threads
	 */
	static WatchThreads daemons() {
		return daemons(DaemonThreads.LOOP_NAME);
	}

	/**
	 * Return such threads for something else than a watcher.
	 * @param loopName the name of the thread that runs the loop
	 * @return the threads
	 */
	static WatchThreads daemons(String loopName) {
		return new DaemonThreads(loopName);
	}

	/**
	 * What is run whenever something is due.
	 */
	@FunctionalInterface
	interface Loop {

		/** What {@link #run()} returns if nothing is due before the next wake. */
		long IDLE = -1;

		/**
		 * Do what is due; never anything that takes long.
		 * @return the nanoseconds until something is due again, or {@link #IDLE}
		 */
		long run();

	}

	/**
	 * What is done after work.
	 *
	 * @param <T> the type of the result
	 */
	@FunctionalInterface
	interface Completion<T> {

		/**
		 * Take the result.
		 * @param result the result, or {@code null}
		 * @param failure the failure, or {@code null}
		 */
		void done(@Nullable T result, @Nullable Throwable failure);

	}

	/**
	 * Work that is under way.
	 */
	@FunctionalInterface
	interface Job {

		/**
		 * Interrupt the work.
		 */
		void cancel();

	}

}
