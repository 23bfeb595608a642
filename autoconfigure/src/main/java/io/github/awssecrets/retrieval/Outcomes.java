package io.github.awssecrets.retrieval;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The outcomes of one run, as they come in. Calls settle secrets from many threads; the
 * first outcome of a secret counts, and one thread waits for the last.
 */
final class Outcomes {

	private final Set<Ask> open = new LinkedHashSet<>();

	private final Map<Ask, RetrievalOutcome> settled = new LinkedHashMap<>();

	private final CountDownLatch done = new CountDownLatch(1);

	private boolean ended;

	/**
	 * Say what has to be settled. Called once.
	 * @param asks the secrets
	 */
	synchronized void open(Collection<Ask> asks) {
		if (!this.ended) {
			this.open.addAll(asks);
			countDownIfSettled();
		}
	}

	synchronized void settle(Ask ask, RetrievalOutcome outcome) {
		if (this.open.remove(ask)) {
			this.settled.put(ask, outcome);
			countDownIfSettled();
		}
	}

	private void countDownIfSettled() {
		if (this.open.isEmpty()) {
			this.done.countDown();
		}
	}

	/**
	 * Stop the waiting, whatever is open. Nothing is settled any more: what fails because
	 * it is cancelled now would hide why.
	 */
	synchronized void end() {
		this.ended = true;
		this.open.clear();
		this.done.countDown();
	}

	boolean isDone() {
		return this.done.getCount() == 0;
	}

	/**
	 * Wait until everything is settled.
	 * @param deadline the deadline
	 * @return whether that was before the deadline
	 * @throws InterruptedException if the thread is interrupted meanwhile
	 */
	boolean await(Deadline deadline) throws InterruptedException {
		return this.done.await(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
	}

	synchronized Map<Ask, RetrievalOutcome> settled() {
		return new LinkedHashMap<>(this.settled);
	}

}
