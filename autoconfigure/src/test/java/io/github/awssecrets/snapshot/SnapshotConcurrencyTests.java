package io.github.awssecrets.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.RetrievalReport;
import io.github.awssecrets.retrieval.SecretRetrieval;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Proof that readers never see versions mixed, while others promote and read for the
 * first time.
 */
class SnapshotConcurrencyTests {

	private static final int READERS = 64;

	private static final int PROMOTIONS = 2_000;

	private static final int FIRST_READS = 200;

	private static final List<SecretSelector> SECRETS = List.of(selector("prod/a"), selector("prod/b"),
			selector("prod/c"));

	private final SecretSnapshots snapshots = new SecretSnapshots(InstantRetrieval::new, Duration.ofSeconds(30));

	private final AtomicBoolean done = new AtomicBoolean();

	private final AtomicLong reads = new AtomicLong();

	private final AtomicInteger mixed = new AtomicInteger();

	private final AtomicInteger versions = new AtomicInteger();

	@Test
	void consistentlyWhenOthersPromoteNeverMixesVersions(TestReporter reporter) throws InterruptedException {
		run(() -> this.snapshots.consistently(this::isMixed));
		assertThat(this.mixed).hasValue(0);
		assertThat(this.versions).hasValue(PROMOTIONS);
		for (int i = 0; i < FIRST_READS; i++) {
			assertThat(this.snapshots.current().outcome(selector("first/" + i))).isNotNull();
		}
		reporter.publishEntry("readers",
				"%d, %d reads, %d promotions, 0 mixed".formatted(READERS, this.reads.get(), PROMOTIONS));
	}

	@Test
	void readsWhenNotMadeConsistentlyDoMixVersions() throws InterruptedException {
		run(this::isMixed);
		assertThat(this.mixed).hasPositiveValue();
	}

	private void run(BooleanSupplier reading) throws InterruptedException {
		this.snapshots.retrieve(SECRETS);
		CountDownLatch started = new CountDownLatch(READERS);
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < READERS; i++) {
			int number = i;
			threads.add(new Thread(() -> {
				started.countDown();
				for (int j = number; j < FIRST_READS; j += READERS) {
					this.snapshots.outcome(selector("first/" + j));
				}
				while (!this.done.get()) {
					this.mixed.addAndGet(reading.getAsBoolean() ? 1 : 0);
					this.reads.incrementAndGet();
				}
			}));
		}
		threads.forEach(Thread::start);
		started.await();
		for (int i = 1; i <= PROMOTIONS; i++) {
			Map<SecretSelector, SecretVersion> next = new LinkedHashMap<>();
			for (SecretSelector secret : SECRETS) {
				next.put(secret, version(secret, i));
			}
			this.snapshots.stage(next);
			this.versions.addAndGet(promote().size() / SECRETS.size());
		}
		this.done.set(true);
		for (Thread thread : threads) {
			thread.join();
		}
	}

	/**
	 * Promote what is staged, again if a first retrieval came in between.
	 */
	private Map<SecretSelector, SecretChange> promote() {
		Map<SecretSelector, SecretChange> changes = null;
		while (changes == null) {
			changes = this.snapshots.promote(this.snapshots.staged());
		}
		return changes;
	}

	@SuppressWarnings("ThreadPriorityCheck")
	private boolean isMixed() {
		String first = versionId(SECRETS.get(0));
		// Others run between the two reads, the thread that promotes among them
		Thread.yield();
		return SECRETS.stream().anyMatch((secret) -> !versionId(secret).equals(first));
	}

	private String versionId(SecretSelector secret) {
		return ((SecretVersion) this.snapshots.outcome(secret)).versionId();
	}

	private static SecretSelector selector(String id) {
		return SecretSelector.current(new SecretId(id));
	}

	private static SecretVersion version(SecretSelector selector, int version) {
		return new SecretVersion("arn:" + selector.id(), selector.id().value(), "eu-west-1", String.valueOf(version),
				Set.of(), SecretContent.ofText(Canary.value(selector.id().value(), 0)), null, Instant.EPOCH);
	}

	private static final class InstantRetrieval implements SecretRetrieval {

		@Override
		public RetrievalReport retrieve(Collection<SecretSelector> selectors, Duration timeout) {
			Map<SecretSelector, RetrievalOutcome> outcomes = new LinkedHashMap<>();
			selectors.forEach((selector) -> outcomes.put(selector, version(selector, 0)));
			return new RetrievalReport(outcomes, 1, Duration.ZERO, "eu-west-1");
		}

		@Override
		public void close() {
			// Nothing to close
		}

	}

}
