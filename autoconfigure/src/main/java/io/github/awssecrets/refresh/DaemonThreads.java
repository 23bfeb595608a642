package io.github.awssecrets.refresh;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The {@link WatchThreads} of production. All have the context class loader of the thread
 * that created this instance. Nothing that is thrown ends the loop, and between two runs
 * of it nothing is allocated, so that it outlives a lack of memory.
 */
final class DaemonThreads implements WatchThreads {

	static final String LOOP_NAME = "aws-secrets-watcher";

	private static final Duration STOPPING = Duration.ofMillis(500);

	/** The pause after a run of the loop that failed. */
	private static final long RETRY = Duration.ofSeconds(1).toNanos();

	private final @Nullable ClassLoader classLoader = Thread.currentThread().getContextClassLoader();

	private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

	private final Object monitor = new Object();

	private final String loopName;

	private @Nullable Thread looping;

	private boolean woken;

	DaemonThreads(String loopName) {
		this.loopName = loopName;
	}

	@Override
	public void wake(Loop loop) {
		synchronized (this.monitor) {
			this.woken = true;
			if (this.looping == null) {
				this.looping = start(this.loopName, () -> loop(loop));
			}
			else {
				this.monitor.notifyAll();
			}
		}
	}

	private void loop(Loop loop) {
		while (begin()) {
			if (!await(run(loop))) {
				return;
			}
		}
	}

	private boolean begin() {
		synchronized (this.monitor) {
			if (this.looping != Thread.currentThread()) {
				return false;
			}
			this.woken = false;
			return true;
		}
	}

	private static long run(Loop loop) {
		try {
			return loop.run();
		}
		catch (Throwable ex) {
			return RETRY;
		}
	}

	/**
	 * Wait until something is due.
	 * @param nanos the time to wait, or {@link Loop#IDLE}
	 * @return whether there is something to do for this thread
	 */
	@SuppressWarnings("WaitNotInLoop") // Waking for nothing is one more look at what is
										// due
	private boolean await(long nanos) {
		synchronized (this.monitor) {
			if (this.looping != Thread.currentThread()) {
				return false;
			}
			if (!this.woken && nanos == Loop.IDLE) {
				this.looping = null;
				return false;
			}
			try {
				if (!this.woken && nanos > 0) {
					// Rounded up: a little late is on time, too early is once more
					this.monitor.wait(TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
				}
			}
			catch (InterruptedException ex) {
				// By stop(), which took the loop from this thread
			}
			return this.looping == Thread.currentThread();
		}
	}

	@Override
	public <T> Job run(String name, Callable<T> work, Completion<T> then) {
		Thread thread = start(name, () -> {
			T result = null;
			Throwable failure = null;
			try {
				result = work.call();
			}
			catch (Throwable ex) {
				failure = ex;
			}
			then.done(result, failure);
		});
		return thread::interrupt;
	}

	private Thread start(String name, Runnable runnable) {
		Thread thread = new Thread(() -> {
			try {
				runnable.run();
			}
			finally {
				this.threads.remove(Thread.currentThread());
			}
		}, name);
		thread.setDaemon(true);
		thread.setContextClassLoader(this.classLoader);
		this.threads.add(thread);
		try {
			thread.start();
		}
		catch (Throwable ex) {
			this.threads.remove(thread);
			throw ex;
		}
		return thread;
	}

	@Override
	public void stop() {
		synchronized (this.monitor) {
			this.looping = null;
			this.monitor.notifyAll();
		}
		this.threads.forEach(Thread::interrupt);
		long end = System.nanoTime() + STOPPING.toNanos();
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
