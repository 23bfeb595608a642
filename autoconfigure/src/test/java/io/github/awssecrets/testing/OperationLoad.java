package io.github.awssecrets.testing;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A steady load: threads that do an operation again and again, while something disturbs
 * them now and then. Counts what is done and what fails.
 */
public final class OperationLoad implements AutoCloseable {

	private static final Duration PAUSE = Duration.ofMillis(5);

	private final AtomicInteger done = new AtomicInteger();

	private final AtomicInteger aborted = new AtomicInteger();

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private final Predicate<Exception> causedByServer;

	private final CountDownLatch stop = new CountDownLatch(1);

	private final ExecutorService executor = Executors.newCachedThreadPool();

	/**
	 * Begin.
	 * @param threads the number of threads
	 * @param operation what each does
	 */
	public OperationLoad(int threads, Operation operation) {
		this(threads, operation, (failure) -> false);
	}

	/**
	 * Begin, with a server that aborts operations.
	 * @param threads the number of threads
	 * @param operation what each does
	 * @param causedByServer tells what is thrown when the server closes a connection
	 * while an operation is under way, which is no failure
	 */
	public OperationLoad(int threads, Operation operation, Predicate<Exception> causedByServer) {
		this.causedByServer = causedByServer;
		AtomicInteger number = new AtomicInteger();
		for (int i = 0; i < threads; i++) {
			this.executor.execute(() -> repeat(PAUSE, () -> {
				operation.run(number.incrementAndGet());
				this.done.incrementAndGet();
			}));
		}
	}

	/**
	 * Disturb the load from now on.
	 * @param interval the time between two disturbances
	 * @param disturbance what to do
	 * @return this load
	 */
	public OperationLoad disturb(Duration interval, Runnable disturbance) {
		this.executor.execute(() -> repeat(interval, disturbance::run));
		return this;
	}

	private void repeat(Duration pause, Step step) {
		try {
			while (!this.stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
				try {
					step.run();
				}
				catch (Exception ex) {
					if (this.causedByServer.test(ex)) {
						this.aborted.incrementAndGet();
						continue;
					}
					this.failures.add(ex + ((ex.getCause() != null) ? ", " + ex.getCause() : ""));
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Wait until operations have been done, or one has failed.
	 * @param count how many
	 */
	public void pass(int count) {
		int enough = this.done.get() + count;
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(10))
			.until(() -> this.done.get() >= enough || !this.failures.isEmpty());
	}

	/**
	 * Let time pass.
	 * @param time the time
	 * @throws InterruptedException if this thread is interrupted
	 */
	public void pass(Duration time) throws InterruptedException {
		assertThat(this.stop.await(time.toMillis(), TimeUnit.MILLISECONDS)).as("the load is stopped").isFalse();
	}

	/**
	 * Return what failed.
	 * @return the failures
	 */
	public List<String> failures() {
		return List.copyOf(this.failures);
	}

	/**
	 * Return how many operations were done.
	 * @return the number
	 */
	public int done() {
		return this.done.get();
	}

	/**
	 * Return how many operations the server aborted.
	 * @return the number
	 */
	public int aborted() {
		return this.aborted.get();
	}

	@Override
	public void close() {
		this.stop.countDown();
		this.executor.shutdown();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(this.executor::isTerminated);
	}

	/**
	 * An operation.
	 */
	@FunctionalInterface
	public interface Operation {

		/**
		 * Do it.
		 * @param number a number that no other call has
		 * @throws Exception if it fails
		 */
		void run(int number) throws Exception;

	}

	@FunctionalInterface
	private interface Step {

		void run() throws Exception;

	}

}
