package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests of {@link PendingRetrieval}.
 */
@Timeout(120)
class PendingRetrievalTests {

	private static final int READERS = 8;

	private final CountDownLatch gate = new CountDownLatch(1);

	private final List<String> ended = new CopyOnWriteArrayList<>();

	@Test
	void startReturnsWhileRetrievalIsHeldUp() {
		PendingRetrieval<String> pending = PendingRetrieval.start(this::heldUp, this.ended::add);
		assertThat(this.ended).isEmpty();
		this.gate.countDown();
		pending.await();
		assertThat(this.ended).containsExactly("secret");
	}

	@Test
	void startRetrievesOnDaemonThreadWithClassLoaderOfTheLibrary() {
		List<Thread> threads = new CopyOnWriteArrayList<>();
		List<ClassLoader> classLoaders = new CopyOnWriteArrayList<>();
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		Thread.currentThread().setContextClassLoader(new ClassLoader(before) {
		});
		try {
			PendingRetrieval.start(() -> {
				threads.add(Thread.currentThread());
				classLoaders.add(Thread.currentThread().getContextClassLoader());
				return "secret";
			}, (result) -> threads.add(Thread.currentThread())).await();
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
		assertThat(threads).hasSize(2);
		assertThat(threads.get(0).getName()).isEqualTo("aws-secrets-start");
		assertThat(threads.get(0).isDaemon()).isTrue();
		assertThat(threads.get(1)).isSameAs(Thread.currentThread());
		assertThat(classLoaders).containsExactly(PendingRetrieval.class.getClassLoader());
	}

	@Test
	void awaitByManyThreadsEndsOnceBeforeAnyOfThemGoesOn() throws Exception {
		PendingRetrieval<String> pending = PendingRetrieval.start(this::heldUp, this.ended::add);
		List<FutureTask<Integer>> readers = new ArrayList<>();
		for (int i = 0; i < READERS; i++) {
			FutureTask<Integer> reader = new FutureTask<>(() -> {
				pending.await();
				return this.ended.size();
			});
			readers.add(reader);
			start(reader);
		}
		this.gate.countDown();
		for (FutureTask<Integer> reader : readers) {
			assertThat(reader.get(60, TimeUnit.SECONDS)).isOne();
		}
		pending.await();
		assertThat(this.ended).containsExactly("secret");
	}

	@Test
	void awaitWhenRetrievalFailsThrowsTheSameEachTimeAndEndsNothing() {
		IllegalStateException failure = new IllegalStateException("Not today");
		PendingRetrieval<String> pending = PendingRetrieval.start(() -> {
			throw failure;
		}, this.ended::add);
		assertThat(catchThrowable(pending::await)).isSameAs(failure);
		assertThat(catchThrowable(pending::await)).isSameAs(failure);
		assertThat(this.ended).isEmpty();
	}

	@Test
	void awaitWhenEndFailsThrowsTheSameEachTimeAndEndsOnce() {
		IllegalStateException failure = new IllegalStateException("Not today");
		PendingRetrieval<String> pending = PendingRetrieval.start(() -> "secret", (result) -> {
			this.ended.add(result);
			throw failure;
		});
		assertThat(catchThrowable(pending::await)).isSameAs(failure);
		assertThat(catchThrowable(pending::await)).isSameAs(failure);
		assertThat(this.ended).containsExactly("secret");
	}

	@Test
	void awaitWhenRetrievalHasErrorThrowsItEachTime() {
		Error error = new StackOverflowError();
		PendingRetrieval<String> pending = PendingRetrieval.start(() -> {
			throw error;
		}, this.ended::add);
		assertThat(catchThrowable(pending::await)).isSameAs(error);
		assertThat(catchThrowable(pending::await)).isSameAs(error);
		assertThat(this.ended).isEmpty();
	}

	@Test
	void awaitWhenRetrievalThrowsCheckedExceptionHasItAsCause() {
		InterruptedException failure = new InterruptedException("Not today");
		PendingRetrieval<String> pending = PendingRetrieval
			.start(() -> PendingRetrievalTests.<String, RuntimeException>sneak(failure), this.ended::add);
		assertThatIllegalStateException().isThrownBy(pending::await).havingRootCause().isSameAs(failure);
		assertThat(this.ended).isEmpty();
	}

	@Test
	void awaitWhenInterruptedInterruptsRetrievalAndKeepsFlag() throws Exception {
		AtomicBoolean interrupted = new AtomicBoolean();
		PendingRetrieval<String> pending = PendingRetrieval.start(() -> {
			try {
				this.gate.await();
			}
			catch (InterruptedException ex) {
				interrupted.set(true);
			}
			return "cancelled";
		}, this.ended::add);
		FutureTask<Boolean> reader = new FutureTask<>(() -> {
			pending.await();
			return Thread.currentThread().isInterrupted();
		});
		start(reader).interrupt();
		assertThat(reader.get(60, TimeUnit.SECONDS)).isTrue();
		assertThat(interrupted).isTrue();
		assertThat(this.ended).containsExactly("cancelled");
	}

	@Test
	void awaitWhenNotInterruptedSetsNoFlag() {
		PendingRetrieval.start(() -> "secret", this.ended::add).await();
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void awaitWhenRetrievedAndThreadIsInterruptedBeforeKeepsFlag() {
		PendingRetrieval<String> pending = PendingRetrieval.start(() -> "secret", this.ended::add);
		pending.await();
		Thread.currentThread().interrupt();
		pending.await();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.ended).containsExactly("secret");
	}

	private String heldUp() {
		try {
			this.gate.await();
			return "secret";
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Thread start(Runnable task) {
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	private static <T, E extends Exception> T sneak(Exception failure) throws E {
		throw (E) failure;
	}

}
