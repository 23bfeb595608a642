package io.github.awssecrets.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.github.awssecrets.reference.KeyResult;
import io.github.awssecrets.reference.KeySelector;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.snapshot.SecretSnapshots;
import io.github.awssecrets.snapshot.Snapshot;

/**
 * Reads all secrets as an application does, and holds what it sees against AWS.
 */
final class Reading {

	static final List<KeySelector> KEYS = List.of(new KeySelector.Exact(SecretTexts.USERNAME),
			new KeySelector.Exact(SecretTexts.PASSWORD));

	private final SecretSnapshots snapshots;

	private final SimulatedAws aws;

	private final List<SecretSelector> selectors;

	private final Map<SecretSelector, RetrievalOutcome> seen = new HashMap<>();

	private final Map<SecretSelector, Set<KeySelector>> found = new HashMap<>();

	Reading(SecretSnapshots snapshots, SimulatedAws aws, List<SecretSelector> selectors) {
		this.snapshots = snapshots;
		this.aws = aws;
		this.selectors = List.copyOf(selectors);
	}

	List<SecretSelector> selectors() {
		return this.selectors;
	}

	/**
	 * Check all values that can be read now.
	 */
	void check() {
		Snapshot snapshot = this.snapshots.current();
		for (SecretSelector selector : this.selectors) {
			RetrievalOutcome outcome = snapshot.outcome(selector);
			if (outcome != this.seen.get(selector)) {
				check(selector, outcome);
				this.seen.put(selector, outcome);
			}
		}
		checkSpellings(snapshot);
	}

	private void check(SecretSelector selector, RetrievalOutcome outcome) {
		Set<KeySelector> before = this.found.computeIfAbsent(selector, (key) -> new HashSet<>());
		if (!(outcome instanceof SecretVersion version)) {
			Invariant.VALUES_STAY.require(!(this.seen.get(selector) instanceof SecretVersion),
					"%s had a version and has %s now", selector.id(), outcome);
			return;
		}
		SimulatedSecret.Version expected = this.aws.secret(selector.id().name()).version(version.versionId());
		Invariant.VALUES_ARE_DATA.require(expected != null && expected.text().equals(version.content().whole()),
				"%s has another text than %s of AWS", selector.id(), expected);
		Invariant.VALUES_STAY.require(!expected.text().isEmpty() || !(this.seen.get(selector) instanceof SecretVersion),
				"%s was blanked by %s", selector.id(), expected);
		for (KeySelector key : KEYS) {
			KeyResult result = version.content().find(key);
			if (result instanceof KeyResult.Found value) {
				before.add(key);
				Invariant.VALUES_ARE_DATA.require(value.value().equals(value(key, selector, expected)),
						"%s of %s is not what AWS has in %s", key.describe(), selector.id(), expected);
			}
			else {
				Invariant.VALUES_STAY.require(!before.contains(key), "%s of %s is %s with %s", key.describe(),
						selector.id(), result, expected);
			}
		}
	}

	private static String value(KeySelector key, SecretSelector selector, SimulatedSecret.Version version) {
		String name = selector.id().name();
		return key.equals(KEYS.get(0)) ? SecretTexts.username(name, version.number())
				: SecretTexts.password(name, version.number(), version.fault());
	}

	private void checkSpellings(Snapshot snapshot) {
		Map<String, SecretVersion> byArn = new HashMap<>();
		for (SecretSelector selector : this.selectors) {
			if (selector.isCurrent() && snapshot.outcome(selector) instanceof SecretVersion version) {
				SecretVersion other = byArn.putIfAbsent(version.arn(), version);
				Invariant.READS_ARE_CONSISTENT.require(other == null || version.isSameAs(other),
						"two spellings of %s have different versions", version.name());
			}
		}
	}

	/**
	 * Read all values before and after a change, in one read.
	 * @param <T> the type of the result
	 * @param change makes the change
	 * @return what it returned
	 */
	<T> T duringChange(Supplier<T> change) {
		List<String> before = versions();
		T result = change.get();
		Invariant.READS_ARE_CONSISTENT.require(before.equals(versions()), "one read saw two snapshots");
		return result;
	}

	private List<String> versions() {
		Snapshot snapshot = this.snapshots.current();
		List<String> versions = new ArrayList<>();
		this.selectors.forEach(
				(selector) -> versions.add(String.valueOf(SimulatedApplication.versionId(snapshot.outcome(selector)))));
		return versions;
	}

}
