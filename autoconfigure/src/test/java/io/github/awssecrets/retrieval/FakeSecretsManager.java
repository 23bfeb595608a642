package io.github.awssecrets.retrieval;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.retrieval.BatchAnswer.SecretError;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.testing.Canary;
import org.jspecify.annotations.Nullable;

/**
 * An AWS Secrets Manager without a network: secrets and failures are put in, calls are
 * taken out. Not for use by several threads.
 */
final class FakeSecretsManager implements Regions {

	static final String REGION = "eu-west-1";

	static final String ACCOUNT = "123456789012";

	final List<String> calls = new ArrayList<>();

	final List<Duration> timeouts = new ArrayList<>();

	private final VirtualTiming timing;

	private final Map<String, Integer> versions = new LinkedHashMap<>();

	private final Map<String, CallFailure> secretFailures = new HashMap<>();

	private final Map<String, CallFailure> operationFailures = new HashMap<>();

	private final Deque<CallFailure> nextFailures = new ArrayDeque<>();

	private final Set<String> hanging = new HashSet<>();

	private UnaryOperator<BatchAnswer> batchAnswers = UnaryOperator.identity();

	private UnaryOperator<AnsweredSecret> answers = UnaryOperator.identity();

	private @Nullable Instant deletionDate;

	private final Map<String, String> kmsKeys = new HashMap<>();

	private @Nullable String ownRegion = REGION;

	boolean closed;

	FakeSecretsManager(VirtualTiming timing) {
		this.timing = timing;
	}

	static String arn(String name) {
		return arn(ACCOUNT, name);
	}

	static String arn(String account, String name) {
		return "arn:aws:secretsmanager:%s:%s:secret:%s-AbCdEf".formatted(REGION, account, name);
	}

	// Create secrets, or rotate them.
	void rotate(String... names) {
		for (String name : names) {
			this.versions.merge(arn(name), 1, Integer::sum);
		}
	}

	void rotateForeign(String account, String name) {
		this.versions.merge(arn(account, name), 1, Integer::sum);
	}

	String value(String arn) {
		return Canary.value(arn, this.versions.get(arn));
	}

	// Let a secret fail, alone and inside a batch's errors.
	void failSecret(String name, CallFailure failure) {
		this.secretFailures.put(name, failure);
	}

	void failOperation(String operation, CallFailure failure) {
		this.operationFailures.put(operation, failure);
	}

	// Let the next calls fail, whatever they are.
	void failNext(CallFailure... failures) {
		this.nextFailures.addAll(List.of(failures));
	}

	// Let every call that asks for a secret hang until its time is over.
	void hang(String name) {
		this.hanging.add(name);
	}

	void recover() {
		this.secretFailures.clear();
		this.operationFailures.clear();
		this.hanging.clear();
	}

	void changeBatchAnswers(UnaryOperator<BatchAnswer> change) {
		this.batchAnswers = change;
	}

	void changeAnswers(UnaryOperator<AnsweredSecret> change) {
		this.answers = change;
	}

	void kmsKey(String id, String key) {
		this.kmsKeys.put(id, key);
	}

	void deletionDate(Instant deletionDate) {
		this.deletionDate = deletionDate;
	}

	void ownRegion(@Nullable String ownRegion) {
		this.ownRegion = ownRegion;
	}

	@Override
	public @Nullable String known() {
		return null;
	}

	@Override
	public String find() throws CallFailedException {
		if (this.ownRegion == null) {
			throw new CallFailedException(CallFailure.of(Cause.NO_REGION, null));
		}
		return this.ownRegion;
	}

	@Override
	public SecretsManagerCalls calls(String region) {
		return new SecretsManagerCalls() {

			@Override
			public BatchAnswer batchGetSecretValue(List<SecretId> ids, @Nullable String nextToken, Duration timeout)
					throws CallFailedException {
				return batch(region, ids, nextToken, timeout);
			}

			@Override
			public AnsweredSecret getSecretValue(SecretId id, @Nullable String stage, @Nullable String versionId,
					Duration timeout) throws CallFailedException {
				return get(region, id, stage, versionId, timeout);
			}

			@Override
			public @Nullable Instant deletionDate(SecretId id, Duration timeout) throws CallFailedException {
				begin("Describe", region, List.of(id), "", timeout);
				return FakeSecretsManager.this.deletionDate;
			}

			@Override
			public @Nullable String kmsKey(SecretId id, Duration timeout) throws CallFailedException {
				begin("Describe", region, List.of(id), "", timeout);
				return FakeSecretsManager.this.kmsKeys.get(id.value());
			}

		};
	}

	private BatchAnswer batch(String region, List<SecretId> ids, @Nullable String nextToken, Duration timeout)
			throws CallFailedException {
		begin("Batch", region, ids, (nextToken != null) ? " " + nextToken : "", timeout);
		Map<String, AnsweredSecret> secrets = new LinkedHashMap<>();
		List<SecretError> errors = new ArrayList<>();
		for (SecretId id : ids) {
			try {
				AnsweredSecret secret = answer(id, null);
				secrets.put(Objects.requireNonNull(secret.arn()), secret);
			}
			catch (CallFailedException ex) {
				errors.add(new SecretError(id.value(), ex.failure()));
			}
		}
		return this.batchAnswers.apply(new BatchAnswer(List.copyOf(secrets.values()), errors, null));
	}

	private AnsweredSecret get(String region, SecretId id, @Nullable String stage, @Nullable String versionId,
			Duration timeout) throws CallFailedException {
		begin("Get", region, List.of(id),
				((stage != null) ? " " + stage : "") + ((versionId != null) ? " " + versionId : ""), timeout);
		return this.answers.apply(answer(id, versionId));
	}

	private void begin(String operation, String region, List<SecretId> ids, String suffix, Duration timeout)
			throws CallFailedException {
		this.calls.add(operation + " " + region + " " + ids + suffix);
		this.timeouts.add(timeout);
		if (ids.stream().anyMatch((id) -> this.hanging.contains(id.name()))) {
			this.timing.advance(timeout);
			throw new CallFailedException(CallFailure.of(Cause.TIMED_OUT, null));
		}
		CallFailure failure = this.nextFailures.isEmpty() ? this.operationFailures.get(operation)
				: this.nextFailures.remove();
		if (failure != null) {
			throw new CallFailedException(failure);
		}
	}

	private AnsweredSecret answer(SecretId id, @Nullable String versionId) throws CallFailedException {
		CallFailure failure = this.secretFailures.get(id.name());
		String arn = id.isArn() ? id.value() : arn(id.name());
		Integer version = this.versions.get(arn);
		if (failure == null && version == null) {
			failure = CallFailure.of(Cause.NOT_FOUND, null);
		}
		if (failure != null) {
			throw new CallFailedException(failure);
		}
		return new AnsweredSecret(arn, id.name(), (versionId != null) ? versionId : "version-" + version,
				List.of("AWSCURRENT"), SecretContent.ofText(Canary.value(arn, Objects.requireNonNull(version))),
				this.timing.now());
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
