package io.github.awssecrets.retrieval;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one {@link SecretRetrieval}: daemons that start when there is work and
 * end when there has been none for a while. Single calls have threads of their own, so
 * that secrets which do not answer hold up no batch.
 */
final class RetrievalThreads implements AutoCloseable {

	static final String NAME_PREFIX = "aws-secrets-retrieval-";

	private static final int BATCHES = 8;

	private static final int SINGLES = BatchCall.MAXIMUM_SIZE;

	private static final Duration IDLE = Duration.ofSeconds(10);

	/** Longer than a connection that is being made can hold a thread by default. */
	private static final Duration CLOSING = Duration.ofSeconds(3);

	private final AtomicInteger number = new AtomicInteger();

	private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

	private final ThreadPoolExecutor batches = pool(BATCHES);

	private final ThreadPoolExecutor singles = pool(SINGLES);

	private final ScheduledThreadPoolExecutor timer = newTimer();

	private ThreadPoolExecutor pool(int size) {
		ThreadPoolExecutor pool = new ThreadPoolExecutor(size, size, IDLE.toMillis(), TimeUnit.MILLISECONDS,
				new LinkedBlockingQueue<>(), threadFactory());
		pool.allowCoreThreadTimeOut(true);
		return pool;
	}

	private ScheduledThreadPoolExecutor newTimer() {
		ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, threadFactory());
		timer.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
		timer.allowCoreThreadTimeOut(true);
		timer.setRemoveOnCancelPolicy(true);
		return timer;
	}

	private ThreadFactory threadFactory() {
		return (runnable) -> {
			Thread thread = new Thread(runnable, NAME_PREFIX + this.number.incrementAndGet());
			thread.setDaemon(true);
			thread.setContextClassLoader(RetrievalThreads.class.getClassLoader());
			this.threads.removeIf((other) -> other.getState() == Thread.State.TERMINATED);
			this.threads.add(thread);
			return thread;
		};
	}

	Executor batches() {
		return this.batches;
	}

	Executor singles() {
		return this.singles;
	}

	/**
	 * Return what aborts calls that take too long.
	 * @return what aborts calls that take too long
	 */
	ScheduledExecutorService timer() {
		return this.timer;
	}

	/**
	 * End all threads, and wait for that a short while.
	 */
	@Override
	public void close() {
		List.of(this.batches, this.singles, this.timer).forEach(ExecutorService::shutdownNow);
		long end = System.nanoTime() + CLOSING.toNanos();
		try {
			for (Thread thread : this.threads) {
				long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
				if (millis > 0 && thread != Thread.currentThread()) {
					thread.join(millis);
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
