package io.github.awssecrets.retrieval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.retrieval.BatchAnswer.SecretError;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Retrieves the current versions of up to 20 secrets of one Region by
 * BatchGetSecretValue, all pages of it. If it fails for a reason that may lie in one of
 * the secrets, each is asked for alone.
 */
final class BatchCall implements Runnable {

	/** The limit of the service. */
	static final int MAXIMUM_SIZE = 20;

	static final String ACTION = "secretsmanager:BatchGetSecretValue";

	private static final Log logger = LogFactory.getLog(BatchCall.class);

	private final RetrievalRun run;

	private final List<Ask> asks;

	private final boolean probe;

	private final RegionMemory memory;

	private final String region;

	private final List<AnsweredSecret> secrets = new ArrayList<>();

	private final List<SecretError> errors = new ArrayList<>();

	BatchCall(RetrievalRun run, List<Ask> asks, boolean probe) {
		this.run = run;
		this.asks = asks;
		this.probe = probe;
		this.region = asks.get(0).requireRegion();
		this.memory = run.context().memory(this.region);
	}

	@Override
	public void run() {
		if (!this.probe && this.memory.isDenied()) {
			this.asks.forEach(this.run::single);
			return;
		}
		try {
			retrievePages(this.run.calls(this.region));
			this.memory.batchAllowed();
			settle(CallFailure.of(Cause.MALFORMED_ANSWER, "the answer lacks a secret that was asked for"));
		}
		catch (CallFailedException ex) {
			failed(ex.failure());
		}
	}

	private void retrievePages(SecretsManagerCalls calls) throws CallFailedException {
		List<SecretId> ids = this.asks.stream().map(Ask::id).toList();
		Set<@Nullable String> tokens = new HashSet<>();
		String token = null;
		do {
			String page = token;
			BatchAnswer answer = new Attempts(this.run, this.asks)
				.batch((timeout) -> calls.batchGetSecretValue(ids, page, timeout));
			this.secrets.addAll(answer.secrets());
			this.errors.addAll(answer.errors());
			token = answer.nextToken();
		}
		while (token != null && tokens.add(token));
		if (token != null) {
			throw new CallFailedException(
					CallFailure.of(Cause.MALFORMED_ANSWER, "the answer's pages go round in a circle"));
		}
	}

	private void failed(CallFailure failure) {
		logger.debug("Batch of %d secrets in %s failed: %s".formatted(this.asks.size(), this.region, failure));
		boolean denied = failure.cause() == Cause.ACCESS_DENIED && ACTION.equals(failure.action());
		if (failure.isForEverySecret()) {
			this.run.fail(this.asks, failure);
			return;
		}
		if (denied) {
			this.memory.batchDenied(this.run.context().timing().nanoTime());
		}
		settle(failure);
	}

	/**
	 * Settle what was answered, and ask for the rest alone.
	 * @param failureOfTheRest why the others have no answer
	 */
	private void settle(CallFailure failureOfTheRest) {
		BatchMatch match = new BatchMatch(this.asks, this.secrets, this.errors);
		Instant now = this.run.context().timing().now();
		match.secrets().forEach((ask, secret) -> SingleCall.settle(this.run, ask, secret, now));
		match.failures().forEach((ask, failure) -> {
			if (failure.isTransient() || failure.cause() == Cause.THROTTLED) {
				this.run.single(ask);
			}
			else {
				SingleCall.fail(this.run, ask, failure);
			}
		});
		if (!match.unanswered().isEmpty()) {
			this.run.split(match.unanswered(), failureOfTheRest);
		}
	}

}
