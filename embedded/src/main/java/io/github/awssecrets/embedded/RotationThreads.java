package io.github.awssecrets.embedded;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.github.awssecrets.embedded.rotation.RotationEvent;
import org.jspecify.annotations.Nullable;

/**
 * Runs rotations, each on a thread, one of a secret at a time. Once closed it has no
 * thread, and starts none.
 */
final class RotationThreads {

	private static final Logger logger = System.getLogger(RotationThreads.class.getPackageName());

	private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition ended = this.lock.newCondition();

	private final ServerThreads threads = new ServerThreads("rotation");

	private final ExecutorService executor = Executors.newCachedThreadPool(this.threads);

	/**
	 * By the ARN of the secret, those that may go on.
	 */
	private final Map<String, RotationTask> active = new HashMap<>();

	/**
	 * All that have not ended, cancelled ones included.
	 */
	private final Set<RotationTask> living = new HashSet<>();

	private boolean closed;

	/**
	 * Starts a rotation, unless one of the same secret is under way.
	 * @param task the rotation
	 * @param listener is told the last event, when the next rotation can be started
	 */
	void start(RotationTask task, Consumer<RotationEvent> listener) {
		this.lock.lock();
		try {
			RotationTask other = this.active.get(task.arn());
			if (!this.closed && (other == null || other.isCancelled())) {
				this.active.put(task.arn(), task);
				this.living.add(task);
				this.executor.execute(() -> run(task, listener));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void run(RotationTask task, Consumer<RotationEvent> listener) {
		try {
			RotationEvent last = null;
			try {
				last = task.run();
			}
			finally {
				remove(task, false);
			}
			if (last != null) {
				listener.accept(last);
			}
		}
		finally {
			remove(task, true);
		}
	}

	private void remove(RotationTask task, boolean wholly) {
		this.lock.lock();
		try {
			this.active.remove(task.arn(), task);
			if (wholly) {
				this.living.remove(task);
				this.ended.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	// Waits until none is under way. Returns whether that came in time.
	boolean await(Duration timeout) throws InterruptedException {
		long remaining = timeout.toNanos();
		this.lock.lockInterruptibly();
		try {
			while (!this.living.isEmpty()) {
				if (remaining <= 0) {
					return false;
				}
				remaining = this.ended.awaitNanos(remaining);
			}
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	void cancel(String secretArn) {
		RotationTask task = find(secretArn);
		if (task != null) {
			task.cancel();
		}
	}

	private @Nullable RotationTask find(String secretArn) {
		this.lock.lock();
		try {
			return this.active.get(secretArn);
		}
		finally {
			this.lock.unlock();
		}
	}

	void cancelAll() {
		List<RotationTask> tasks;
		this.lock.lock();
		try {
			tasks = List.copyOf(this.living);
		}
		finally {
			this.lock.unlock();
		}
		tasks.forEach(RotationTask::cancel);
	}

	void close() {
		this.lock.lock();
		try {
			this.closed = true;
		}
		finally {
			this.lock.unlock();
		}
		cancelAll();
		this.executor.shutdownNow();
		try {
			if (!this.threads.join(CLOSE_LIMIT)) {
				logger.log(Level.WARNING, "A rotation did not end in time after the server was closed");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
