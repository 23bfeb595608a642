package io.github.awssecrets.env;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.awssecrets.retrieval.RetrievalFailure;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests of secrets that are retrieved on another thread while the application starts:
 * whoever reads one waits for it, and nobody else does.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class RetrievalDuringStartTests {

	private static final String PASSWORD = TestContext.value("prod/db", "password");

	private static final String REFERENCE = "$<secret:prod/db.password>";

	private final TestContext context = new TestContext().keys("prod/db", "username", "password");

	@AfterEach
	void close() {
		this.context.retrieval().release();
		this.context.close();
	}

	@Test
	void beginReturnsWhileRetrievalIsHeldUp() throws InterruptedException {
		this.context.retrieval().hold();
		this.context.yaml("a: " + REFERENCE).begin();
		this.context.retrieval().awaitCall();
		assertThat(this.context.retrieval().asked()).containsExactly("prod/db");
	}

	@Test
	void beginCreatesRetrievalOnItsOwnThread() {
		this.context.yaml("a: " + REFERENCE).begin();
		assertThat(this.context.opener()).isSameAs(Thread.currentThread());
		assertThat(this.context.retrievals()).isOne();
	}

	@Test
	void beginWhenNothingIsReferencedCreatesNoRetrieval() {
		this.context.yaml("a: b").begin();
		assertThat(this.context.retrievals()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "$<secret:broken", "$<secret:prod/db.password>${missing}" })
	void beginWhenNoReferenceCanBeResolvedCreatesNoRetrievalAndReportsIt(String text) {
		this.context.arguments("--aws.secrets.fail-fast=false").yaml("a: " + text).begin();
		assertThat(this.context.retrievals()).isZero();
		assertThat(secrets().problems()).extracting(ReferenceProblem::property).containsExactly("a");
	}

	@Test
	void beginWhenReferenceIsMalformedFailsAtOnce() {
		this.context.yaml("a: $<secret:broken");
		assertUnresolved(this.context::begin, "a");
		assertThat(this.context.retrievals()).isZero();
	}

	@Test
	void beginWhenDisabledRetrievesNothing() {
		this.context.arguments("--aws.secrets.enabled=false").yaml("a: $<secret:prod/db.password:default>").begin();
		assertThat(this.context.property("a")).isEqualTo("default");
		assertThat(this.context.retrievals()).isZero();
	}

	@Test
	void beginWhenOnlySettingNamesSecretRetrievesIt() throws InterruptedException {
		this.context.retrieval().hold();
		this.context.yaml("aws.secrets.jdbc.secret: prod/db").begin();
		this.context.retrieval().awaitCall();
		assertThat(this.context.retrieval().asked()).containsExactly("prod/db");
		this.context.retrieval().release();
		secrets().await();
		assertThat(secrets().problems()).isEmpty();
	}

	@Test
	void getPropertyWhenOtherPropertyIsReferenceDoesNotWait() {
		this.context.retrieval().hold();
		this.context.variable("APP_OTHER", "variable").yaml("""
				a: $<secret:prod/db.password>
				plain: text ${app.other}
				""").begin();
		assertThat(this.context.property("plain")).isEqualTo("text variable");
		assertThat(this.context.property("missing")).isNull();
		assertThat(this.context.binder().bind("plain", String.class).get()).isEqualTo("text variable");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "chained", "relaxed-name" })
	void getPropertyWhenHeldUpWaitsForValue(String name) throws Exception {
		this.context.retrieval().hold();
		this.context.yaml("""
				a: $<secret:prod/db.password>
				chained: ${a}
				relaxedName: $<secret:prod/db.password>
				""").begin();
		Reader<String> reader = new Reader<>(() -> this.context.property(name));
		reader.assertWaits();
		this.context.retrieval().release();
		assertThat(reader.result()).isEqualTo(PASSWORD);
		assertThat(this.context.retrieval().asked()).containsExactly("prod/db");
	}

	@Test
	void binderWhenHeldUpWaitsForValue() throws Exception {
		this.context.retrieval().hold();
		this.context.yaml("app.list: [ a, $<secret:prod/db.password> ]").begin();
		Reader<String[]> reader = new Reader<>(() -> this.context.binder().bind("app.list", String[].class).get());
		reader.assertWaits();
		this.context.retrieval().release();
		assertThat(reader.result()).containsExactly("a", PASSWORD);
	}

	@Test
	void lookUpByNameWhenHeldUpWaitsForTheOneRetrieval() throws Exception {
		this.context.retrieval().hold();
		this.context.arguments("--aws.secrets.spring-placeholders=true").yaml("a: ${secret:prod/db.password}").begin();
		Reader<String> reader = new Reader<>(
				() -> this.context.environment().resolvePlaceholders("${secret:prod/db.username}"));
		reader.assertWaits();
		this.context.retrieval().release();
		assertThat(reader.result()).isEqualTo(TestContext.value("prod/db", "username"));
		assertThat(this.context.retrieval().asked()).containsExactly("prod/db");
	}

	@Test
	void manyReadersRetrieveNothingTwice() throws Exception {
		this.context.retrieval().hold();
		this.context.keys("prod/other", "key").yaml("""
				a: $<secret:prod/db.password>
				b: $<secret:prod/other.key>
				""").begin();
		List<Reader<String>> readers = Stream.of("a", "b", "a", "b")
			.map((name) -> new Reader<>(() -> this.context.property(name)))
			.toList();
		this.context.retrieval().release();
		assertThat(readers.get(0).result()).isEqualTo(PASSWORD);
		assertThat(readers.get(1).result()).isEqualTo(TestContext.value("prod/other", "key"));
		assertThat(readers.get(2).result()).isEqualTo(PASSWORD);
		assertThat(readers.get(3).result()).isEqualTo(TestContext.value("prod/other", "key"));
		assertThat(this.context.retrieval().calls()).isOne();
		assertThat(this.context.retrieval().asked()).containsExactly("prod/db", "prod/other");
	}

	@Test
	void startWhenBeanReadsReferenceHasValueOfTheOneRetrieval() {
		this.context.yaml("a: " + REFERENCE).start(Reading.class);
		assertThat(this.context.bean(Reading.class).value).isEqualTo(PASSWORD);
		assertThat(this.context.retrieval().asked()).containsExactly("prod/db");
	}

	@Test
	void installAllWhenSourceWasAddedMeanwhileRetrievesOnlyWhatItAsksFor() throws Exception {
		this.context.retrieval().hold();
		this.context.keys("prod/other", "key").yaml("a: " + REFERENCE).begin();
		this.context.environment()
			.getPropertySources()
			.addLast(new MapPropertySource("late",
					Map.of("late.key", "$<secret:prod/other.key> $<secret:prod/db.username>")));
		Reader<Boolean> installation = new Reader<>(() -> {
			secrets().installAll();
			return true;
		});
		installation.assertWaits();
		this.context.retrieval().release();
		assertThat(installation.result()).isTrue();
		assertThat(this.context.property("late.key"))
			.isEqualTo(TestContext.value("prod/other", "key") + " " + TestContext.value("prod/db", "username"));
		assertThat(this.context.retrieval().asked()).containsExactly("prod/db", "prod/other");
	}

	@Test
	void readersWhenReferencesAreUnresolvedAllGetAllProblems() {
		this.context.retrieval().failure("denied", RetrievalFailure.Cause.ACCESS_DENIED);
		this.context.yaml("""
				a: $<secret:prod/db.password>
				b: $<secret:missing.key>
				c: $<secret:denied.key>
				""").begin();
		assertUnresolved(() -> this.context.property("a"), "b", "c");
		assertUnresolved(() -> this.context.property("b"), "b", "c");
		assertUnresolved(() -> this.context.binder().bind("c", String.class), "b", "c");
		assertUnresolved(secrets()::await, "b", "c");
		assertUnresolved(secrets()::installAll, "b", "c");
		assertThat(secrets().problems()).extracting(ReferenceProblem::property).containsExactly("b", "c");
		assertThat(this.context.retrieval().calls()).isOne();
	}

	@Test
	void readersWhenNotFailingFastGetTheirOwnProblemWhichIsLoggedOnce(CapturedOutput output) {
		this.context.arguments("--aws.secrets.fail-fast=false").yaml("""
				a: $<secret:prod/db.password>
				b: $<secret:missing.key>
				""").begin();
		assertThat(this.context.property("a")).isEqualTo(PASSWORD);
		assertUnresolved(() -> this.context.property("b"), "b");
		assertUnresolved(() -> this.context.property("b"), "b");
		assertThatNoException().isThrownBy(secrets()::installAll);
		assertThat(output.toString().lines().filter((line) -> line.contains("Unresolved reference"))).singleElement()
			.asString()
			.contains("missing");
		assertThat(output.toString().lines().filter((line) -> line.contains("Resolved"))).singleElement()
			.asString()
			.contains("Resolved all but 1 of 2 references to 2 secrets");
		assertThat(this.context.retrieval().calls()).isOne();
	}

	@Test
	void beginWhenReferenceIsOfImportHasItsPropertiesAtOnce() {
		this.context.keys("prod/other", "key")
			.yaml("a: " + REFERENCE + "\nb: ${app.key}")
			.imported("secret:prod/other?prefix=app.")
			.begin();
		assertThat(this.context.retrieval().calls()).isOne();
		assertThat(this.context.retrieval().asked()).containsExactlyInAnyOrder("prod/db", "prod/other");
		assertThat(this.context.property("app.key")).isEqualTo(TestContext.value("prod/other", "key"));
		assertThat(this.context.property("b")).isEqualTo(TestContext.value("prod/other", "key"));
		assertThat(this.context.property("a")).isEqualTo(PASSWORD);
		assertThat(this.context.retrieval().calls()).isOne();
	}

	@Test
	void beginWhenImportHasNoPropertiesFailsAtOnceWithAllProblems() {
		this.context.yaml("b: $<secret:gone.key>").imported("secret:missing?prefix=app.");
		assertUnresolved(this.context::begin, "spring.config.import", "b");
	}

	@Test
	void getPropertyWhenReferenceIsInVariableHasValue() {
		this.context.variable("APP_KEY", REFERENCE).yaml("b: ${app.key}").begin();
		assertThat(this.context.property("app.key")).isEqualTo(PASSWORD);
		assertThat(this.context.property("APP_KEY")).isEqualTo(PASSWORD);
		assertThat(this.context.property("b")).isEqualTo(PASSWORD);
		assertThat(this.context.retrieval().asked()).containsExactly("prod/db");
	}

	@Test
	void beginWhenReferenceInVariableIsUnresolvedLeavesFailureToReaders() {
		this.context.variable("APP_KEY", "$<secret:missing.key>").yaml("b: $<secret:gone.key>").begin();
		assertUnresolved(() -> this.context.property("app.key"), "app.key", "b");
		assertUnresolved(() -> this.context.property("b"), "app.key", "b");
		assertThat(this.context.retrieval().calls()).isOne();
	}

	@Test
	void getPropertyWhenThreadIsInterruptedCancelsRetrievalAndKeepsFlag() throws Exception {
		this.context.retrieval().hold();
		this.context.yaml("a: " + REFERENCE).begin();
		Reader<Boolean> reader = new Reader<>(() -> {
			UnresolvedReferenceException failure = catchThrowableOfType(UnresolvedReferenceException.class,
					() -> this.context.property("a"));
			return failure != null && Thread.currentThread().isInterrupted();
		});
		reader.assertWaits();
		reader.interrupt();
		assertThat(reader.result()).isTrue();
		assertUnresolved(() -> this.context.property("a"), "a");
		assertThat(this.context.retrieval().calls()).isOne();
	}

	@Test
	void pictureWhenHeldUpDoesNotWait() {
		this.context.retrieval().hold();
		this.context.yaml("a: " + REFERENCE).begin();
		secrets().beginPicture(Set.of());
		try {
			assertThat(this.context.property("a")).isEqualTo(Pictures.NOT_READ);
		}
		finally {
			assertThat(secrets().endPicture()).isTrue();
		}
	}

	@Test
	void awaitWhenNothingIsPendingDoesNothing() {
		this.context.yaml("a: " + REFERENCE).initialize();
		secrets().await();
		assertThat(this.context.retrieval().calls()).isOne();
	}

	private SecretsEnvironment secrets() {
		return SecretsMarker.find(this.context.environment());
	}

	private static void assertUnresolved(ThrowingCallable reading, String... properties) {
		Throwable failure = catchThrowableOfType(Throwable.class, reading);
		while (failure != null && !(failure instanceof UnresolvedReferenceException)) {
			failure = failure.getCause();
		}
		assertThat(failure).isInstanceOfSatisfying(UnresolvedReferenceException.class,
				(unresolved) -> assertThat(unresolved.getProblems()).extracting(ReferenceProblem::property)
					.containsExactlyInAnyOrder(properties));
	}

	static class Reading {

		@Value("${a}")
		private String value;

	}

	/**
	 * Something that is done on a thread of its own.
	 *
	 * @param <T> the type of its result
	 */
	private static final class Reader<T> {

		private final FutureTask<T> task;

		private final Thread thread;

		Reader(Callable<T> reading) {
			this.task = new FutureTask<>(reading);
			this.thread = new Thread(this.task);
			this.thread.setDaemon(true);
			this.thread.start();
		}

		/**
		 * Wait until the thread waits for another one.
		 */
		void assertWaits() throws InterruptedException {
			while (this.thread.getState() != Thread.State.WAITING && this.thread.isAlive()) {
				this.thread.join(1);
			}
			assertThat(this.task.isDone()).isFalse();
		}

		void interrupt() {
			this.thread.interrupt();
		}

		T result() throws Exception {
			return this.task.get(60, TimeUnit.SECONDS);
		}

	}

}
