package io.github.awssecrets.retrieval;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import org.jspecify.annotations.Nullable;

/**
 * One retrieval while it is under way: its tasks, its deadline, what it has settled and
 * what it has learned. Used by the thread that waits for it and by those of its tasks.
 */
final class RetrievalRun {

	private static final int REPEATS = 25;

	private final RunContext context;

	private final Deadline deadline;

	private final Outcomes outcomes = new Outcomes();

	private final Map<Ask, Integer> attempts = new ConcurrentHashMap<>();

	private final Queue<Split> splits = new ConcurrentLinkedQueue<>();

	private final Queue<FutureTask<?>> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicInteger calls = new AtomicInteger();

	private final AtomicInteger repeats = new AtomicInteger(REPEATS);

	private volatile @Nullable CallFailure ended;

	RetrievalRun(RunContext context, Duration timeout) {
		this.context = context;
		this.deadline = new Deadline(context.timing(), timeout);
	}

	RunContext context() {
		return this.context;
	}

	Deadline deadline() {
		return this.deadline;
	}

	SecretsManagerCalls calls(String region) throws CallFailedException {
		return this.context.regions().calls(region);
	}

	/**
	 * Make a call of AWS: count it, and an attempt for each secret that it asks for, and
	 * tell the listener how it ended.
	 * @param <T> the type of the answer
	 * @param action the action, such as {@code secretsmanager:GetSecretValue}
	 * @param asks the secrets
	 * @param call makes the call
	 * @return the answer
	 */
	<T> T call(String action, List<Ask> asks, Call<T> call) throws CallFailedException {
		this.calls.incrementAndGet();
		asks.forEach((ask) -> this.attempts.merge(ask, 1, Integer::sum));
		long start = this.context.timing().nanoTime();
		try {
			T answer = call.make();
			ended(action, null, answer instanceof BatchAnswer batch && !batch.errors().isEmpty(), start);
			return answer;
		}
		catch (CallFailedException ex) {
			ended(action, ex.failure().cause(), false, start);
			throw ex;
		}
	}

	private void ended(String action, @Nullable Cause failure, boolean partial, long start) {
		Duration elapsed = Duration.ofNanos(this.context.timing().nanoTime() - start);
		String operation = action.substring(action.indexOf(':') + 1);
		this.context.listener().called(new RetrievalCall(operation, failure, partial, elapsed));
	}

	int callCount() {
		return this.calls.get();
	}

	int attempts(Ask ask) {
		return this.attempts.getOrDefault(ask, 0);
	}

	/**
	 * Take one repeat of a failed call out of the budget of this run.
	 * @return whether there was one left
	 */
	boolean takeRepeat() {
		return this.repeats.getAndDecrement() > 0;
	}

	/**
	 * Say what has to be settled. Called once, before anything is settled.
	 * @param asks the secrets
	 */
	void open(Collection<Ask> asks) {
		this.outcomes.open(asks);
	}

	void settle(Ask ask, RetrievalOutcome outcome) {
		this.outcomes.settle(ask, outcome);
	}

	void fail(Collection<Ask> asks, CallFailure failure) {
		asks.forEach((ask) -> settle(ask, failure.toFailure(ask, attempts(ask), null)));
	}

	void batch(List<Ask> asks, boolean probe) {
		submit(this.context.batches(), asks, new BatchCall(this, asks, probe));
	}

	void single(Ask ask) {
		submit(this.context.singles(), List.of(ask), new SingleCall(this, ask));
	}

	/**
	 * Ask for each secret of a failed batch alone, all at once.
	 * @param asks the secrets
	 * @param failure the failure
	 */
	void split(List<Ask> asks, CallFailure failure) {
		this.splits.add(new Split(asks, failure));
		asks.forEach(this::single);
	}

	Collection<Split> splits() {
		return this.splits;
	}

	/**
	 * Run a task that settles secrets. They are settled even if it cannot run, or fails
	 * in a way it should not.
	 * @param executor what runs the task
	 * @param asks the secrets
	 * @param task the task
	 */
	void submit(Executor executor, List<Ask> asks, Runnable task) {
		FutureTask<?> future = new FutureTask<>(() -> runGuarded(asks, task), null);
		this.tasks.add(future);
		try {
			executor.execute(future);
		}
		catch (RejectedExecutionException ex) {
			fail(asks, CallFailure.of(Cause.CANCELLED, "the retrieval was closed"));
		}
	}

	private void runGuarded(List<Ask> asks, Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException | LinkageError ex) {
			fail(asks, CallFailure.of(Cause.CLIENT_FAILED, ex.getClass().getName()));
		}
	}

	/**
	 * Wait until everything is settled, or until the deadline.
	 */
	void await() {
		try {
			if (!this.outcomes.await(this.deadline)) {
				end(this.deadline.missed());
			}
		}
		catch (InterruptedException ex) {
			end(CallFailure.of(Cause.CANCELLED, "the thread that waited was interrupted"));
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Give up what is open, and cancel what is under way.
	 * @param failure the failure
	 */
	void end(CallFailure failure) {
		if (!this.outcomes.isDone()) {
			this.ended = failure;
			this.outcomes.end();
			this.tasks.forEach((task) -> task.cancel(true));
		}
	}

	Map<Ask, RetrievalOutcome> settled() {
		return this.outcomes.settled();
	}

	/**
	 * Return why there is no outcome for what is not settled.
	 * @return why there is no outcome for what is not settled
	 */
	CallFailure ended() {
		CallFailure ended = this.ended;
		return (ended != null) ? ended : this.deadline.missed();
	}

	/**
	 * A call of AWS.
	 *
	 * @param <T> the type of the answer
	 */
	@FunctionalInterface
	interface Call<T> {

		T make() throws CallFailedException;

	}

	/**
	 * A batch that failed and was split.
	 *
	 * @param asks what it asked for
	 * @param failure why it failed
	 */
	record Split(List<Ask> asks, CallFailure failure) {

	}

}
