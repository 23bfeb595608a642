package io.github.awssecrets.retrieval;

import java.time.Duration;
import java.util.List;

import io.github.awssecrets.retrieval.RetrievalFailure.Cause;

/**
 * Makes a call, again where that helps. This is the only place that repeats calls: the
 * SDK's own retries are off. Throttled calls are repeated until the deadline; what may
 * have been an accident is repeated twice, out of a small budget that all calls of a
 * retrieval share, so that an outage is not answered with many times the load.
 */
final class Attempts {

	private static final int MAXIMUM_ATTEMPTS = 3;

	private final RetrievalRun run;

	private final List<Ask> asks;

	Attempts(RetrievalRun run, List<Ask> asks) {
		this.run = run;
		this.asks = asks;
	}

	/**
	 * Make a call for a batch. At most half of the time that is left goes to each
	 * attempt, so that there is time to ask for each secret alone. An accident that could
	 * be due to one of the secrets is not repeated here, because asking for each alone
	 * does.
	 * @param <T> the type of the answer
	 * @param call the call
	 * @return the answer
	 */
	<T> T batch(Call<T> call) throws CallFailedException {
		return make(call, true);
	}

	/**
	 * Make a call for a single secret.
	 * @param <T> the type of the answer
	 * @param call the call
	 * @return the answer
	 */
	<T> T single(Call<T> call) throws CallFailedException {
		return make(call, false);
	}

	private <T> T make(Call<T> call, boolean batch) throws CallFailedException {
		int attempts = 0;
		while (true) {
			Duration remaining = this.run.deadline().remaining();
			Duration timeout = this.run.context().callTimeout(batch ? remaining.dividedBy(2) : remaining);
			if (timeout.isZero()) {
				throw new CallFailedException(this.run.deadline().missed());
			}
			try {
				attempts++;
				return this.run.call(batch ? BatchCall.ACTION : SingleCall.ACTION, this.asks, () -> call.make(timeout));
			}
			catch (CallFailedException ex) {
				if (!mayRepeat(ex.failure(), batch, attempts)) {
					throw ex;
				}
				pause(ex, attempts);
			}
		}
	}

	private boolean mayRepeat(CallFailure failure, boolean batch, int attempts) {
		if (failure.cause() == Cause.THROTTLED) {
			return true;
		}
		if (!failure.isTransient() || failure.cause() == Cause.TIMED_OUT || attempts >= MAXIMUM_ATTEMPTS) {
			return false;
		}
		return (!batch || failure.isForEverySecret()) && this.run.takeRepeat();
	}

	private void pause(CallFailedException failed, int attempts) throws CallFailedException {
		Duration pause = this.run.context().backoff().after(attempts);
		if (pause.compareTo(this.run.deadline().remaining()) >= 0) {
			throw failed;
		}
		try {
			this.run.context().timing().pause(pause);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failed;
		}
	}

	/**
	 * One attempt at a call.
	 *
	 * @param <T> the type of the answer
	 */
	@FunctionalInterface
	interface Call<T> {

		T make(Duration timeout) throws CallFailedException;

	}

}
