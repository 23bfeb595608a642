package io.github.awssecrets.refresh;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.awssecrets.reference.KeySelector;
import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.snapshot.Snapshot;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link WatchedSecrets}.
 */
class WatchedSecretsTests {

	private static final SecretSelector A = SimulatedSecrets.selector("a");

	private static final SecretSelector B = SimulatedSecrets.selector("b");

	private static final SecretSelector A_BY_ARN = SecretSelector.current(new SecretId(version("a", 1).arn()));

	private static final Snapshot SNAPSHOT = Snapshot.EMPTY
		.with(Map.of(A, version("a", 1), B, version("b", 1), A_BY_ARN, version("a", 1)));

	private static final ApartLane LANE = new ApartLane(null, Cause.THROTTLED, "eu-west-1");

	private static final ApartLane OTHER_LANE = new ApartLane(B, null, null);

	private final WatchedSecrets secrets = new WatchedSecrets();

	@Test
	void updateWhenUsedTwiceHasAllKeysAndLaterOnlyThoseInUse() {
		this.secrets.update(List.of(use(A, "one"), use(A, "two")), SNAPSHOT);
		assertThat(secret(A).use()).isEqualTo(use(A, "one", "two"));
		this.secrets.update(List.of(use(A, "three")), SNAPSHOT);
		assertThat(secret(A).use()).isEqualTo(use(A, "three"));
	}

	@Test
	void updateWhenNotReadYetOrNoLongerInUseDoesNotWatch() {
		this.secrets.update(List.of(use(A), use(SimulatedSecrets.selector("unread"))), SNAPSHOT);
		assertThat(this.secrets.all()).containsExactly(A);
		this.secrets.update(List.of(use(B)), SNAPSHOT);
		assertThat(this.secrets.all()).containsExactly(B);
		assertThat(this.secrets.isEmpty()).isFalse();
		this.secrets.update(List.of(), SNAPSHOT);
		assertThat(this.secrets.isEmpty()).isTrue();
	}

	@Test
	void updateWhenMoreThanTwiceAsMuchIsRememberedKeepsWhatIsInUse() {
		this.secrets.update(List.of(use(A)), SNAPSHOT);
		SecretMemory memory = this.secrets.memory(A, version("a", 1));
		SecretMemory other = this.secrets.memory(SimulatedSecrets.selector("c"), version("c", 1));
		this.secrets.update(List.of(use(A)), SNAPSHOT);
		assertThat(this.secrets.memory(SimulatedSecrets.selector("c"), version("c", 1))).isSameAs(other);
		this.secrets.memory(SimulatedSecrets.selector("d"), version("d", 1));
		this.secrets.update(List.of(use(A)), SNAPSHOT);
		assertThat(this.secrets.memory(A, version("a", 1))).isSameAs(memory);
		assertThat(this.secrets.memory(SimulatedSecrets.selector("c"), version("c", 1))).isNotSameAs(other);
	}

	@Test
	void togetherWhenASecretIsRetrievedApartIsWithoutIt() {
		this.secrets.update(List.of(use(A), use(B)), SNAPSHOT);
		assertThat(this.secrets.together()).containsExactly(A, B);
		secret(A).retrieveApart(LANE);
		assertThat(this.secrets.together()).containsExactly(B);
		assertThat(this.secrets.all()).containsExactly(A, B);
	}

	@Test
	void toConfirmWhenDueHasThatAlone() {
		this.secrets.update(List.of(use(A), use(B)), SNAPSHOT);
		assertThat(this.secrets.untilConfirmation(0)).isEqualTo(Long.MAX_VALUE);
		secret(A).confirmLater(version("a", 2), 100);
		secret(B).confirmLater(version("b", 2), 50);
		assertThat(this.secrets.untilConfirmation(0)).isEqualTo(50);
		assertThat(this.secrets.toConfirm(49)).isEmpty();
		assertThat(this.secrets.toConfirm(50)).containsExactly(B);
		this.secrets.postponeConfirmations(50, 200);
		assertThat(this.secrets.untilConfirmation(0)).isEqualTo(100);
	}

	@Test
	void apartWhenOneSecretOfALaneIsDueHasAllOfIt() {
		this.secrets.update(List.of(use(A), use(B), use(A_BY_ARN)), SNAPSHOT);
		secret(A).retrieveApart(LANE);
		secret(A).attempt().set(100);
		secret(A_BY_ARN).retrieveApart(LANE);
		secret(A_BY_ARN).attempt().set(200);
		secret(B).retrieveApart(OTHER_LANE);
		secret(B).attempt().set(150);
		assertThat(this.secrets.apart(99)).isEmpty();
		assertThat(this.secrets.apart(100)).containsExactly(Map.entry(LANE, Set.of(A, A_BY_ARN)));
		assertThat(this.secrets.untilApart(0, Set.of())).isEqualTo(100);
		assertThat(this.secrets.untilApart(0, Set.of(LANE))).isEqualTo(150);
		assertThat(this.secrets.untilApart(0, Set.of(LANE, OTHER_LANE))).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void retryApartWhenLaneHasSeveralSecretsIsForAllOfThemAndNoOther() {
		this.secrets.update(List.of(use(A), use(B), use(A_BY_ARN)), SNAPSHOT);
		secret(A).retrieveApart(LANE);
		secret(A_BY_ARN).retrieveApart(LANE);
		secret(B).retrieveApart(OTHER_LANE);
		secret(B).attempt().set(300);
		this.secrets.retryApart(LANE, 100);
		assertThat(secret(A).attempt().remaining(0)).isEqualTo(100);
		assertThat(secret(A_BY_ARN).attempt().remaining(0)).isEqualTo(100);
		assertThat(secret(B).attempt().remaining(0)).isEqualTo(300);
	}

	@Test
	void forgetRefusalsWhenAVersionIsRefusedForgetsThat() {
		this.secrets.memory(A, version("a", 1)).refuse(SimulatedSecrets.id(2), "it is refused");
		this.secrets.forgetRefusals();
		assertThat(this.secrets.memory(A, version("a", 1)).refusal(SimulatedSecrets.id(2))).isNull();
	}

	@Test
	void useWhenSecretHasOtherSpellingsHasTheirKeysOnly() {
		this.secrets.update(List.of(use(A, "one"), use(B, "two"), use(A_BY_ARN, "three")), SNAPSHOT);
		assertThat(this.secrets.use(secret(A), version("a", 2), SNAPSHOT, Map.of())).isEqualTo(use(A, "one", "three"));
	}

	@Test
	void useWhenOtherSpellingFailedBeforeAndIsRetrievedNowHasItsKeysToo() {
		RetrievalOutcome failure = RetrievalFailure.of(Cause.ACCESS_DENIED, A_BY_ARN.id(), null);
		Snapshot snapshot = Snapshot.EMPTY.with(Map.of(A, version("a", 1), A_BY_ARN, failure));
		this.secrets.update(List.of(use(A, "one"), use(A_BY_ARN, "three")), snapshot);
		assertThat(this.secrets.use(secret(A), version("a", 2), snapshot, Map.of(A_BY_ARN, failure)))
			.isEqualTo(use(A, "one"));
		assertThat(this.secrets.use(secret(A), version("a", 2), snapshot, Map.of(A_BY_ARN, version("a", 2))))
			.isEqualTo(use(A, "one", "three"));
	}

	private TrackedSecret secret(SecretSelector selector) {
		TrackedSecret secret = this.secrets.get(selector);
		assertThat(secret).isNotNull();
		return secret;
	}

	private static WatchedSecret use(SecretSelector selector, String... keys) {
		return new WatchedSecret(selector,
				Set.copyOf(List.of(keys).stream().map((key) -> (KeySelector) new KeySelector.Exact(key)).toList()),
				false);
	}

	private static SecretVersion version(String name, int version) {
		return SimulatedSecrets.version(name, version, SecretContent.ofText(""));
	}

}
