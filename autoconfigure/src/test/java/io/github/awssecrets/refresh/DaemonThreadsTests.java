package io.github.awssecrets.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.RetrievalReport;
import io.github.awssecrets.retrieval.SecretRetrieval;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.snapshot.SecretSnapshots;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link DaemonThreads}, alone and under a {@link SecretsWatcher}.
 */
@Timeout(60)
class DaemonThreadsTests {

	private static final SecretSelector DB = SimulatedSecrets.selector("prod/db");

	private final DaemonThreads threads = new DaemonThreads(DaemonThreads.LOOP_NAME);

	private final Manual retrieval = new Manual();

	private final SecretSnapshots snapshots = new SecretSnapshots(() -> this.retrieval, Duration.ofSeconds(30));

	private final CountDownLatch applied = new CountDownLatch(1);

	private final SecretsWatcher watcher = new SecretsWatcher(this.snapshots,
			() -> List.of(new WatchedSecret(DB, Set.of(), false)), (changes) -> apply(), WatchSettings.defaults(),
			List.of());

	private void apply() {
		this.watcher.acknowledge(this.watcher.promote(this.snapshots.staged()));
		this.applied.countDown();
	}

	@AfterEach
	void stop() {
		this.retrieval.release.countDown();
		this.watcher.stop();
		this.threads.stop();
	}

	@Test
	void loopWhenItThrowsIsRunAgain() throws InterruptedException {
		AtomicInteger runs = new AtomicInteger();
		CountDownLatch twice = new CountDownLatch(2);
		this.threads.wake(() -> {
			twice.countDown();
			if (runs.incrementAndGet() == 1) {
				throw new OutOfMemoryError();
			}
			return WatchThreads.Loop.IDLE;
		});
		assertThat(twice.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void loopWhenIdleHasNoThread() throws InterruptedException {
		CountDownLatch ran = new CountDownLatch(1);
		Thread[] thread = new Thread[1];
		this.threads.wake(() -> {
			thread[0] = Thread.currentThread();
			ran.countDown();
			return WatchThreads.Loop.IDLE;
		});
		ran.await();
		thread[0].join();
		assertThat(thread[0].isDaemon()).isTrue();
		assertThat(thread[0].getName()).isEqualTo(DaemonThreads.LOOP_NAME);
	}

	@Test
	void loopWhenWokenWhileItRunsIsRunOnceMore() throws InterruptedException {
		AtomicInteger runs = new AtomicInteger();
		CountDownLatch twice = new CountDownLatch(2);
		WatchThreads.Loop[] loop = new WatchThreads.Loop[1];
		loop[0] = () -> {
			if (runs.incrementAndGet() == 1) {
				this.threads.wake(loop[0]);
			}
			twice.countDown();
			return WatchThreads.Loop.IDLE;
		};
		this.threads.wake(loop[0]);
		assertThat(twice.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void loopWhenStoppedAndWokenManyTimesAlwaysRuns() throws InterruptedException {
		for (int i = 0; i < 500; i++) {
			CountDownLatch ran = new CountDownLatch(1);
			this.threads.wake(() -> {
				ran.countDown();
				return Duration.ofHours(1).toNanos();
			});
			assertThat(ran.await(30, TimeUnit.SECONDS)).as("time %d", i).isTrue();
			this.threads.stop();
		}
	}

	@Test
	void runWhenWorkThrowsCompletesWithThat() throws InterruptedException {
		CountDownLatch done = new CountDownLatch(1);
		Throwable[] failure = new Throwable[1];
		this.threads.run("test", () -> {
			throw new OutOfMemoryError();
		}, (result, thrown) -> {
			failure[0] = thrown;
			done.countDown();
		});
		done.await();
		assertThat(failure[0]).isInstanceOf(OutOfMemoryError.class);
	}

	@Test
	void watcherWhenSecretRotatesAppliesItAndLeavesNoThread() throws InterruptedException {
		this.snapshots.outcome(DB);
		this.watcher.start();
		this.retrieval.version = 2;
		this.watcher.pollSoon();
		assertThat(this.applied.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(this.snapshots.outcome(DB)).extracting("versionId").isEqualTo(SimulatedSecrets.id(2));
		this.watcher.stop();
		for (Thread thread : ownThreads()) {
			thread.join(TimeUnit.SECONDS.toMillis(30));
		}
		assertThat(ownThreads()).isEmpty();
	}

	@Test
	void stopWhenRetrievalHangsWhateverIsDoneReturnsWithinASecond() throws InterruptedException {
		this.snapshots.outcome(DB);
		this.watcher.start();
		this.retrieval.hangs = true;
		this.watcher.pollSoon();
		this.retrieval.asked.await();
		long start = System.nanoTime();
		this.watcher.stop();
		Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
		assertThat(elapsed).isLessThan(Duration.ofSeconds(1));
		assertThat(this.watcher.isRunning()).isFalse();
		this.retrieval.hangs = false;
		this.retrieval.version = 2;
		this.watcher.start();
		this.watcher.pollSoon();
		assertThat(this.applied.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void pollNowWhenNotStartedRetrievesOnAnotherThread() {
		this.snapshots.outcome(DB);
		this.retrieval.version = 2;
		assertThat(this.watcher.pollNow().accepted()).containsOnlyKeys(DB);
		assertThat(this.watcher.promote(this.snapshots.staged())).containsOnlyKeys(DB);
	}

	private static List<Thread> ownThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.isAlive() && thread.getName().startsWith("aws-secrets-")
					&& !thread.getName().startsWith("aws-secrets-retrieval"))
			.toList();
	}

	private static final class Manual implements SecretRetrieval {

		private final CountDownLatch asked = new CountDownLatch(1);

		private final CountDownLatch release = new CountDownLatch(1);

		private volatile int version = 1;

		private volatile boolean hangs;

		@Override
		public RetrievalReport retrieve(Collection<SecretSelector> selectors, Duration timeout) {
			if (this.hangs) {
				this.asked.countDown();
				hang();
			}
			Map<SecretSelector, RetrievalOutcome> outcomes = new LinkedHashMap<>();
			selectors.forEach((selector) -> outcomes.put(selector,
					new SecretVersion("arn", "prod/db", "eu-west-1", SimulatedSecrets.id(this.version), Set.of(),
							SecretContent.ofText(Canary.value("prod/db", this.version)), null, Instant.EPOCH)));
			return new RetrievalReport(outcomes, 1, Duration.ZERO, "eu-west-1");
		}

		private void hang() {
			boolean released = false;
			while (!released) {
				try {
					this.release.await();
					released = true;
				}
				catch (InterruptedException ex) {
					// As a call does that ignores interrupts
				}
			}
		}

		@Override
		public void close() {
			// Nothing to close
		}

	}

}
