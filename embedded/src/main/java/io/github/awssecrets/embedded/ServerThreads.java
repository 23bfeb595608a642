package io.github.awssecrets.embedded;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one server, or of its rotations: daemons. It remembers those that live,
 * so that closing can wait for their very end, which comes after that of the pool that
 * they belong to.
 */
final class ServerThreads implements ThreadFactory {

	private final AtomicInteger count = new AtomicInteger();

	private final Set<Thread> living = ConcurrentHashMap.newKeySet();

	private final String prefix;

	ServerThreads(String name) {
		this.prefix = "aws-secrets-embedded-" + name + "-";
	}

	@Override
	public Thread newThread(Runnable task) {
		this.living.removeIf((thread) -> thread.getState() == Thread.State.TERMINATED);
		Thread thread = new Thread(task, this.prefix + this.count.incrementAndGet());
		thread.setDaemon(true);
		this.living.add(thread);
		return thread;
	}

	// Waits for the end of all threads but the caller's. Returns whether they all ended
	// in
	// time.
	boolean join(Duration limit) throws InterruptedException {
		long deadline = System.nanoTime() + limit.toNanos();
		for (Thread thread : this.living) {
			long remaining = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
			if (thread.isAlive() && thread != Thread.currentThread()) {
				thread.join(Math.max(1, remaining));
			}
		}
		return this.living.stream().noneMatch((thread) -> thread.isAlive() && thread != Thread.currentThread());
	}

}
