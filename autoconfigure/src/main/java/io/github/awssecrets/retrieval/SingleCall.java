package io.github.awssecrets.retrieval;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import org.jspecify.annotations.Nullable;

/**
 * Retrieves one version of one secret by GetSecretValue.
 */
final class SingleCall implements Runnable {

	static final String ACTION = "secretsmanager:GetSecretValue";

	static final String DESCRIBE_ACTION = "secretsmanager:DescribeSecret";

	private final RetrievalRun run;

	private final Ask ask;

	SingleCall(RetrievalRun run, Ask ask) {
		this.run = run;
		this.ask = ask;
	}

	@Override
	public void run() {
		try {
			SecretsManagerCalls calls = this.run.calls(this.ask.requireRegion());
			SecretVersion version = new Attempts(this.run, List.of(this.ask)).single(
					(timeout) -> calls.getSecretValue(this.ask.id(), this.ask.stage(), this.ask.versionId(), timeout)
						.toVersion(this.ask, this.run.context().timing().now()));
			this.run.settle(this.ask, version);
		}
		catch (CallFailedException ex) {
			fail(this.run, this.ask, ex.failure());
		}
	}

	static void settle(RetrievalRun run, Ask ask, AnsweredSecret secret, Instant retrieved) {
		try {
			run.settle(ask, secret.toVersion(ask, retrieved));
		}
		catch (CallFailedException ex) {
			fail(run, ask, ex.failure());
		}
	}

	static void fail(RetrievalRun run, Ask ask, CallFailure failure) {
		if (failure.cause() == Cause.SCHEDULED_FOR_DELETION) {
			run.submit(run.context().singles(), List.of(ask),
					() -> run.settle(ask, failure.toFailure(ask, run.attempts(ask), deletionDate(run, ask))));
		}
		else {
			run.settle(ask, failure.toFailure(ask, run.attempts(ask), null));
		}
	}

	/**
	 * Ask once when the secret will be deleted. That is an extra for people, and may be
	 * denied: whatever goes wrong, the date is just not known.
	 * @param run the run
	 * @param ask the secret
	 * @return the date, or {@code null}
	 */
	private static @Nullable Instant deletionDate(RetrievalRun run, Ask ask) {
		try {
			SecretsManagerCalls calls = run.calls(ask.requireRegion());
			Duration timeout = run.context().callTimeout(run.deadline().remaining().dividedBy(2));
			return run
				.call(DESCRIBE_ACTION, List.of(), () -> Optional.ofNullable(calls.deletionDate(ask.id(), timeout)))
				.orElse(null);
		}
		catch (CallFailedException ex) {
			return null;
		}
	}

}
