package io.github.awssecrets.retrieval;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;

import org.springframework.core.io.Resource;

/**
 * The {@link SecretRetrieval} from a file, for tests and development: nothing of the AWS
 * SDK is used. The file is read at each retrieval, so that who retrieves again sees what
 * it holds then. All outcomes of one retrieval are of one reading. Safe for use by many
 * threads, as it has no state.
 */
final class LocalSecretRetrieval implements SecretRetrieval {

	/* Of no account, Region or suffix that AWS would give */
	private static final String ARN = "arn:aws:secretsmanager:%s:000000000000:secret:%s-000000";

	private final Resource file;

	private final Clock clock;

	private final ContentVersions versions = new ContentVersions();

	private volatile boolean closed;

	LocalSecretRetrieval(Resource file, Clock clock) {
		this.file = file;
		this.clock = clock;
	}

	@Override
	public RetrievalReport retrieve(Collection<SecretSelector> selectors, Duration timeout) {
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("The timeout must be positive");
		}
		if (this.closed) {
			throw new IllegalStateException("The retrieval is closed");
		}
		long start = System.nanoTime();
		Map<SecretSelector, RetrievalOutcome> outcomes = new LinkedHashMap<>();
		Function<SecretSelector, RetrievalOutcome> answers = answers();
		selectors.forEach((selector) -> outcomes.put(selector, answers.apply(selector)));
		return new RetrievalReport(outcomes, 0, Duration.ofNanos(System.nanoTime() - start), null);
	}

	private Function<SecretSelector, RetrievalOutcome> answers() {
		try {
			LocalSecrets secrets = LocalFileReader.read(this.file);
			Instant retrieved = this.clock.instant();
			IdentityHashMap<LocalSecret, SecretVersion> versions = new IdentityHashMap<>();
			return (selector) -> {
				LocalSecret secret = secrets.find(selector);
				return (secret != null) ? versions.computeIfAbsent(secret, (found) -> version(found, retrieved))
						: failure(secrets.contains(selector) ? Cause.VERSION_NOT_FOUND : Cause.NOT_FOUND, selector,
								this.file.getDescription());
			};
		}
		catch (LocalFileException ex) {
			String detail = "%s: %s".formatted(this.file.getDescription(), ex.getMessage());
			return (selector) -> failure(Cause.BAD_FILE, selector, detail);
		}
	}

	private SecretVersion version(LocalSecret secret, Instant retrieved) {
		SecretSelector selector = secret.selector();
		SecretId id = selector.id();
		String region = (selector.region() != null) ? selector.region() : "local";
		String arn = id.isArn() ? id.value() : ARN.formatted(region, id);
		String stage = (selector.stage() != null) ? selector.stage() : Ask.CURRENT_STAGE;
		return (selector.versionId() != null)
				? new SecretVersion(arn, id.name(), null, selector.versionId(), Set.of(), secret.content(), null,
						retrieved)
				: new SecretVersion(arn, id.name(), null, this.versions.id(selector, secret.content()), Set.of(stage),
						secret.content(), null, retrieved);
	}

	private static RetrievalFailure failure(Cause cause, SecretSelector selector, String detail) {
		return new RetrievalFailure(cause, selector.id(), null, null, null, null, null, null, null, null, 0, detail);
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
