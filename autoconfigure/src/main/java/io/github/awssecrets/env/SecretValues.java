package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.github.awssecrets.reference.KeyResult;
import io.github.awssecrets.reference.ResolvedReference;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.snapshot.SecretSnapshots;
import io.github.awssecrets.snapshot.Snapshot;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The values of resolved texts: literal text and what the secrets answer, put together.
 * All secrets of one text are read from one snapshot.
 */
final class SecretValues {

	/* There, not blank, not false, and a number: what conditions ask of a property */
	private static final String STAND_IN = "1";

	private static final Log logger = LogFactory.getLog(SecretValues.class);

	/* Whether this thread must not retrieve anything: of this application only */
	@SuppressWarnings("ThreadLocalUsage")
	private final ThreadLocal<Boolean> retrievedOnly = new ThreadLocal<>();

	private final SecretSnapshots snapshots;

	private final boolean enabled;

	private final BooleanSupplier awaited;

	private volatile Runnable pending = () -> {
	};

	private final Set<String> readEarly = ConcurrentHashMap.newKeySet();

	/**
	 * Create an instance.
	 * @param snapshots the secrets
	 * @param enabled whether secrets are read; otherwise, only defaults are
	 * @param awaited whether it is not known yet where secrets come from; meanwhile,
	 * {@value #STAND_IN} stands for any of them
	 */
	SecretValues(SecretSnapshots snapshots, boolean enabled, BooleanSupplier awaited) {
		this.snapshots = snapshots;
		this.enabled = enabled;
		this.awaited = awaited;
	}

	/**
	 * Set what waits for the secrets that are retrieved while the application starts.
	 * @param pending waits, or returns at once if there is nothing to wait for; fails if
	 * the application is not to start
	 */
	void awaitBeforeReading(Runnable pending) {
		this.pending = pending;
	}

	/**
	 * Return whether secrets are read, and not {@value #STAND_IN} instead.
	 * @return whether it is known where secrets come from
	 */
	boolean areKnown() {
		return !this.awaited.getAsBoolean();
	}

	/**
	 * Return the snapshot that values are composed from.
	 * @return the snapshot
	 */
	Snapshot snapshot() {
		return this.snapshots.current();
	}

	/**
	 * Return whether a snapshot is the one that all who begin to read get.
	 * @param snapshot the snapshot
	 * @return whether it is
	 */
	boolean isCurrent(Snapshot snapshot) {
		return this.snapshots.isCurrent(snapshot);
	}

	/**
	 * Read several values from one snapshot, after what is being retrieved for the start.
	 * @param <T> the type of the result
	 * @param reading what reads
	 * @return what the reading returned
	 */
	<T> T consistently(Supplier<T> reading) {
		if (this.retrievedOnly.get() == null) {
			this.pending.run();
		}
		return this.snapshots.consistently(reading);
	}

	/**
	 * Return the value of a text.
	 * @param text the text
	 * @return what the reader is to get
	 * @throws UnresolvedReferenceException if one of its references has no value
	 */
	String compose(ResolvedText text) {
		StringBuilder result = new StringBuilder();
		this.parts(text).forEach((part) -> result.append(part.text()));
		return result.toString();
	}

	/**
	 * Return the value of a text, if that takes no retrieval.
	 * @param text the text
	 * @return what the reader would get
	 * @throws UnresolvedReferenceException if one of its references has no value, or none
	 * yet
	 */
	String composeRetrieved(ResolvedText text) {
		this.retrievedOnly.set(true);
		try {
			return compose(text);
		}
		finally {
			this.retrievedOnly.remove();
		}
	}

	private RetrievalOutcome outcome(SecretSelector selector) {
		if (this.retrievedOnly.get() == null) {
			return this.snapshots.outcome(selector);
		}
		RetrievalOutcome outcome = this.snapshots.current().outcome(selector);
		return (outcome != null) ? outcome
				: RetrievalFailure.of(RetrievalFailure.Cause.CANCELLED, selector.id(), selector.region());
	}

	/**
	 * Return the value of a text in parts.
	 * @param text the text
	 * @return what the reader is to get, literal text and content of secrets apart
	 * @throws UnresolvedReferenceException if one of its references has no value
	 */
	List<Part> parts(ResolvedText text) {
		return consistently(() -> {
			List<Part> parts = new ArrayList<>();
			addParts(text, parts);
			return parts;
		});
	}

	private void addParts(ResolvedText text, List<Part> parts) {
		for (ResolvedText.Piece piece : text.pieces()) {
			if (piece instanceof ResolvedText.Literal literal) {
				parts.add(new Part(literal.text(), false));
			}
			else if (piece instanceof ResolvedText.Target target) {
				addParts(target, parts);
			}
		}
	}

	private void addParts(ResolvedText.Target target, List<Part> parts) {
		Answer answer = answer(target);
		if (answer.value() != null) {
			parts.add(new Part(answer.value(), true));
		}
		else if (answer.isMissing() && target.defaultText() != null) {
			addParts(target.defaultText(), parts);
		}
		else if (answer.problem() != null) {
			throw new UnresolvedReferenceException(answer.problem());
		}
	}

	/**
	 * Return what is wrong with the references of a text. Those of defaults that do not
	 * apply are left out, and those of imports, whose problems are the imports' own.
	 * @param text the text
	 * @return the problems
	 */
	List<ReferenceProblem> problems(ResolvedText text) {
		List<ReferenceProblem> problems = new ArrayList<>();
		for (ResolvedText.Piece piece : text.pieces()) {
			if (piece instanceof ResolvedText.Target target && !target.use().property().isImported()) {
				Answer answer = answer(target);
				if (answer.isMissing() && target.defaultText() != null) {
					problems.addAll(problems(target.defaultText()));
				}
				else if (answer.problem() != null) {
					problems.add(answer.problem());
				}
			}
		}
		return problems;
	}

	/**
	 * Return the secrets that a text was composed from.
	 * @param text the text
	 * @return the version id by secret id, of those that were retrieved
	 */
	Map<String, String> versions(ResolvedText text) {
		Map<String, String> versions = new LinkedHashMap<>();
		text.targets().forEach((target) -> {
			if (target.reference() != null && this.snapshots.current()
				.outcome(target.reference().selector()) instanceof SecretVersion version) {
				versions.put(target.reference().selector().id().value(), version.versionId());
			}
		});
		return versions;
	}

	private Answer answer(ResolvedText.Target target) {
		if (target.problem() != null) {
			return Answer.problem(target.problem());
		}
		ResolvedReference reference = target.reference();
		if (!this.enabled || reference == null) {
			return Answer.missing(ReferenceProblems.disabled(target.use()));
		}
		if (!areKnown()) {
			return standIn(target.use());
		}
		RetrievalOutcome outcome = outcome(reference.selector());
		if (outcome instanceof RetrievalFailure failure) {
			ReferenceProblem problem = RetrievalProblems.describe(target.use(), reference, failure);
			return (failure.cause() == RetrievalFailure.Cause.NOT_FOUND) ? Answer.missing(problem)
					: Answer.problem(problem);
		}
		SecretVersion version = (SecretVersion) outcome;
		KeyResult result = version.content().find(reference.key());
		if (result instanceof KeyResult.Found found) {
			return new Answer(found.value(), false, null);
		}
		ReferenceProblem problem = KeyProblems.describe(target.use(), reference, version, result);
		return result.isMissing() ? Answer.missing(problem) : Answer.problem(problem);
	}

	private Answer standIn(ReferenceUse use) {
		if (this.readEarly.add(use.property().name())) {
			logger.info("Property '%s' was read before its secret could be retrieved; the reader got '%s' instead"
				.formatted(use.property().name(), STAND_IN));
		}
		return new Answer(STAND_IN, false, null);
	}

	/**
	 * A part of a value. Never shows its text.
	 */
	record Part(String text, boolean secret) {

		@Override
		public String toString() {
			return "Part[" + (this.secret ? "secret" : "literal") + "]";
		}

	}

	/**
	 * What a reference answers. Never shows the value.
	 */
	private record Answer(@Nullable String value, boolean isMissing, @Nullable ReferenceProblem problem) {

		static Answer problem(ReferenceProblem problem) {
			return new Answer(null, false, problem);
		}

		static Answer missing(ReferenceProblem problem) {
			return new Answer(null, true, problem);
		}

		@Override
		public String toString() {
			return "Answer[" + ((this.value != null) ? "found" : this.problem) + "]";
		}

	}

}
