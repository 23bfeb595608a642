package io.github.awssecrets.refresh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * What listeners have to be told, and have not been told yet. Each listener is told in
 * order, by one thread at a time, and independently of the others: one that hangs holds
 * up nothing but its own notices, of which the latest are then dropped. Safe for use by
 * several threads.
 */
final class Notices {

	private static final Log logger = LogFactory.getLog(Notices.class);

	private static final String THREAD_NAME = "aws-secrets-notices";

	private static final int MAXIMUM = 1000;

	private final List<Channel> channels;

	Notices(Collection<? extends WatchListener> listeners) {
		this.channels = listeners.stream().map(Channel::new).toList();
	}

	void add(Consumer<WatchListener> notice) {
		this.channels.forEach((channel) -> channel.add(notice));
	}

	/**
	 * Return what completes when each listener has been told all that was added so far.
	 */
	CompletableFuture<Void> whenTold() {
		List<CompletableFuture<Void>> all = new ArrayList<>();
		for (Channel channel : this.channels) {
			CompletableFuture<Void> told = new CompletableFuture<>();
			all.add(told);
			channel.add((listener) -> told.complete(null));
		}
		return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
	}

	/**
	 * Tell the listeners on another thread, if there is something that nobody delivers.
	 * @param threads runs it
	 */
	void deliver(WatchThreads threads) {
		if (this.channels.stream().anyMatch(Channel::isWaiting)) {
			threads.run(THREAD_NAME, () -> {
				deliver();
				return true;
			}, (result, failure) -> {
			});
		}
	}

	/**
	 * Tell the listeners. Must not be called by a thread that has other duties.
	 */
	void deliver() {
		this.channels.forEach(Channel::deliver);
	}

	private static final class Channel {

		private final WatchListener listener;

		private final Queue<Consumer<WatchListener>> queue = new ConcurrentLinkedQueue<>();

		private final AtomicInteger size = new AtomicInteger();

		private final AtomicBoolean busy = new AtomicBoolean();

		Channel(WatchListener listener) {
			this.listener = listener;
		}

		void add(Consumer<WatchListener> notice) {
			if (this.size.get() < MAXIMUM) {
				this.size.incrementAndGet();
				this.queue.add(notice);
			}
		}

		boolean isWaiting() {
			return !this.busy.get() && !this.queue.isEmpty();
		}

		void deliver() {
			while (isWaiting() && this.busy.compareAndSet(false, true)) {
				try {
					drain();
				}
				finally {
					this.busy.set(false);
				}
			}
		}

		private void drain() {
			Consumer<WatchListener> notice = this.queue.poll();
			while (notice != null) {
				this.size.decrementAndGet();
				tell(notice);
				notice = this.queue.poll();
			}
		}

		private void tell(Consumer<WatchListener> notice) {
			try {
				notice.accept(this.listener);
			}
			catch (Throwable ex) {
				logger.warn("Listener %s failed: %s".formatted(this.listener.getClass().getName(),
						ex.getClass().getName()));
			}
		}

	}

}
