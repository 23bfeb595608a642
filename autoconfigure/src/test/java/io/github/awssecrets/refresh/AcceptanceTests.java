package io.github.awssecrets.refresh;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.awssecrets.reference.KeySelector;
import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.testing.Canary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Acceptance} and {@link ContentCheck}.
 */
class AcceptanceTests {

	private static final SecretSelector DB = SecretSelector.current(new SecretId("prod/db"));

	private static final String GOOD = Canary.json("prod/db", 1, "user", "password");

	private static final String OTHER = Canary.json("prod/db", 2, "user", "password", "more");

	private final Set<String> held = new LinkedHashSet<>();

	@Test
	void decideWhenVersionIdIsTheSameIsUnchangedWhateverTheContent() {
		assertThat(decide(keys("user"), version("1", GOOD), version("1", ""))).isInstanceOf(Decision.Unchanged.class);
	}

	@Test
	void decideWhenVersionIdDiffersIsAcceptedEvenWithEqualContent() {
		assertThat(decide(keys("user"), version("1", GOOD), version("2", GOOD))).isInstanceOf(Decision.Accepted.class);
	}

	@Test
	void decideWhenSecretWasCreatedAnewWithTheSameVersionIdIsAccepted() {
		SecretVersion anew = new SecretVersion("arn:new", "prod/db", "eu-west-1", "1", Set.of(),
				SecretContent.ofText(GOOD), null, Instant.EPOCH);
		assertThat(decide(keys("user"), version("1", GOOD), anew)).isInstanceOf(Decision.Accepted.class);
	}

	@Test
	void decideWhenVersionWasHeldIsToBeConfirmedBeforeItsContentCounts() {
		this.held.add("1");
		assertThat(decide(keys("user"), version("2", GOOD), version("1", "")))
			.isInstanceOf(Decision.ToBeConfirmed.class);
		assertThat(Acceptance.decide(keys("user"), version("2", GOOD), version("1", GOOD), this.held::contains, true))
			.isInstanceOf(Decision.Accepted.class);
		assertThat(Acceptance.decide(keys("user"), version("2", GOOD), version("1", ""), this.held::contains, true))
			.isInstanceOf(Decision.Rejected.class);
	}

	@Test
	void decideWhenVersionIsOlderThanTheOneInUseIsToBeConfirmed() {
		assertThat(decide(keys("user"), created("2", Instant.EPOCH.plusSeconds(1)), created("1", Instant.EPOCH)))
			.isInstanceOf(Decision.ToBeConfirmed.class);
		assertThat(decide(keys("user"), created("1", Instant.EPOCH), created("2", Instant.EPOCH.plusSeconds(1))))
			.isInstanceOf(Decision.Accepted.class);
	}

	private static SecretVersion created(String id, Instant created) {
		return new SecretVersion("arn", "prod/db", "eu-west-1", id, Set.of(), SecretContent.ofText(GOOD), created,
				Instant.EPOCH);
	}

	@ParameterizedTest
	@EnumSource(Cause.class)
	void decideWhenRetrievalFailsKeepsTheVersion(Cause cause) {
		Decision decision = decide(keys("user"), version("1", GOOD), failure(cause));
		boolean gone = Set.of(Cause.NOT_FOUND, Cause.VERSION_NOT_FOUND, Cause.SCHEDULED_FOR_DELETION).contains(cause);
		assertThat(decision).isInstanceOf(gone ? Decision.Gone.class : Decision.Failing.class);
	}

	@Test
	void decideWhenThereWasNoVersionAcceptsOneOrTheCertaintyThatThereIsNone() {
		assertThat(decide(keys("user"), failure(Cause.TIMED_OUT), version("1", GOOD)))
			.isInstanceOf(Decision.Accepted.class);
		assertThat(decide(keys("user"), failure(Cause.NOT_FOUND), version("1", GOOD)))
			.isInstanceOf(Decision.Accepted.class);
		assertThat(decide(keys("user"), failure(Cause.TIMED_OUT), failure(Cause.NOT_FOUND)))
			.isInstanceOf(Decision.Accepted.class);
		assertThat(decide(keys("user"), failure(Cause.NOT_FOUND), failure(Cause.NOT_FOUND)))
			.isInstanceOf(Decision.Unchanged.class);
		assertThat(decide(keys("user"), failure(Cause.NOT_FOUND), failure(Cause.ACCESS_DENIED)))
			.isInstanceOf(Decision.Failing.class);
		assertThat(decide(keys("user"), failure(Cause.NOT_FOUND), failure(Cause.SCHEDULED_FOR_DELETION)))
			.isInstanceOf(Decision.Failing.class);
	}

	@Test
	void rejectWhenEverythingIsThereIsNull() {
		assertThat(reject(keys("user", "password"), GOOD, OTHER)).isNull();
		assertThat(reject(whole(), "a", "b")).isNull();
	}

	@Test
	void rejectWhenVersionCannotBeUsedSaysWhy() {
		assertThat(reject(keys("user"), GOOD, "")).isEqualTo("it is empty");
		assertThat(reject(whole(), GOOD, "")).isEqualTo("it is empty");
		assertThat(reject(keys("user"), GOOD, Canary.value("prod/db", 2)))
			.isEqualTo("it is not JSON, and so has no keys");
		assertThat(reject(keys("user"), GOOD, "{\"user\":")).startsWith("it is not valid JSON: ");
		assertThat(
				ContentCheck.reject(keys("user"), SecretContent.ofText(GOOD), SecretContent.ofBinary(new byte[] { 1 })))
			.isEqualTo("it is binary, and so has no keys");
		assertThat(reject(keys("user", "password"), GOOD, "{}"))
			.isEqualTo("key 'password' is gone, key 'user' is gone");
		assertThat(reject(keys("user"), GOOD, "{\"user\":null}")).isEqualTo("key 'user' is null");
		assertThat(reject(new WatchedSecret(DB, Set.of(new KeySelector.Pointer(List.of("a", "b"))), false),
				"{\"a\":{\"b\":1}}", "{\"a\":2}"))
			.isEqualTo("pointer '/a/b' leads through what is not an object or array");
	}

	@Test
	void rejectWhenManyKeysAreGoneNamesFive() {
		assertThat(reject(keys("a", "b", "c", "d", "e", "f", "g"),
				"{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1}", "{}"))
			.isEqualTo(
					"key 'a' is gone, key 'b' is gone, key 'c' is gone, key 'd' is gone, key 'e' is gone, and 2 more");
	}

	@Test
	void rejectWhenFiveKeysAreGoneNamesThemAndNoMore() {
		assertThat(reject(keys("a", "b", "c", "d", "e"), "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1}", "{}"))
			.isEqualTo("key 'a' is gone, key 'b' is gone, key 'c' is gone, key 'd' is gone, key 'e' is gone");
	}

	@Test
	void rejectWhenPathLeadsThroughATextDependsOnWhatWasThere() {
		WatchedSecret nested = new WatchedSecret(DB, Set.of(new KeySelector.Pointer(List.of("a", "b"))), false);
		String reason = "pointer '/a/b' leads through what is not an object or array";
		assertThat(reject(nested, "{\"a\":{}}", "{\"a\":2}")).isEqualTo(reason);
		assertThat(reject(nested, "{\"a\":1}", "{\"a\":2}")).isNull();
	}

	@Test
	void rejectWhenImportedSecretHasAnEmptyKeyLeavesItAlone() {
		WatchedSecret imported = new WatchedSecret(DB, Set.of(), true);
		assertThat(reject(imported, "{\"\":1,\"a\":1}", "{\"a\":1}")).isNull();
		assertThat(reject(imported, "{\"\":1,\"a\":1}", "{\"\":1}")).isEqualTo("key 'a' is gone");
	}

	@Test
	void rejectWhenKeyWasMissingBeforeAcceptsThatItStillIs() {
		assertThat(reject(keys("optional"), GOOD, OTHER)).isNull();
		assertThat(reject(keys("optional"), "{\"optional\":null}", "{}")).isNull();
		assertThat(reject(keys("optional"), GOOD, "{\"optional\":1}")).isNull();
	}

	@Test
	void rejectWhenSecretIsImportedComparesAllTopLevelKeys() {
		WatchedSecret imported = new WatchedSecret(DB, Set.of(), true);
		assertThat(reject(imported, GOOD, OTHER)).isNull();
		assertThat(reject(imported, OTHER, GOOD)).isEqualTo("key 'more' is gone");
		assertThat(reject(imported, OTHER, "[]")).isEqualTo("it is a JSON array, not an object");
		assertThat(reject(imported, null, "{}")).isNull();
		assertThat(reject(imported, null, "x")).isEqualTo("it is not JSON, and so has no keys");
		assertThat(reject(imported, "{\"a\":null}", "{\"a\":null}")).isNull();
	}

	@Test
	void reasonWhenVersionHoldsValuesShowsNone() {
		String broken = Canary.json("prod/db", 3, "user").replace("}", ",\"x\":" + Canary.value("prod/db", 3));
		assertThat(Canary.isIn(String.valueOf(reject(keys("user"), GOOD, broken)))).isFalse();
		Decision decision = decide(keys("user"), version("1", GOOD), version("2", broken));
		assertThat(Canary.isIn(decision.toString())).isFalse();
	}

	private Decision decide(WatchedSecret use, RetrievalOutcome inUse, RetrievalOutcome retrieved) {
		return Acceptance.decide(use, inUse, retrieved, this.held::contains, false);
	}

	private static @Nullable String reject(WatchedSecret use, @Nullable String inUse, String content) {
		return ContentCheck.reject(use, (inUse != null) ? SecretContent.ofText(inUse) : null,
				SecretContent.ofText(content));
	}

	private static WatchedSecret keys(String... keys) {
		Set<KeySelector> selectors = new LinkedHashSet<>();
		for (String key : keys) {
			selectors.add(new KeySelector.Exact(key));
		}
		return new WatchedSecret(DB, selectors, false);
	}

	private static WatchedSecret whole() {
		return new WatchedSecret(DB, Set.of(new KeySelector.Whole()), false);
	}

	private static SecretVersion version(String id, String text) {
		return new SecretVersion("arn", "prod/db", "eu-west-1", id, Set.of(), SecretContent.ofText(text), null,
				Instant.EPOCH);
	}

	private static RetrievalFailure failure(Cause cause) {
		return RetrievalFailure.of(cause, DB.id(), "eu-west-1");
	}

}
