package io.github.awssecrets.retrieval;

import java.util.List;

import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.retrieval.BatchAnswer.SecretError;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BatchMatch}.
 */
class BatchMatchTests {

	private static final String ARN = FakeSecretsManager.arn("a");

	private static final String FOREIGN = FakeSecretsManager.arn("999999999999", "a");

	private static final CallFailure DENIED = CallFailure.of(Cause.ACCESS_DENIED, null);

	private static Ask ask(String id) {
		return new Ask("eu-west-1", new SecretId(id), null, null);
	}

	private static AnsweredSecret secret(String arn, String name) {
		return new AnsweredSecret(arn, name, "1", List.of(), SecretContent.ofText(Canary.value(arn, 1)), null);
	}

	@Test
	void matchWhenOneEntryAnswersNameAndArn() {
		BatchMatch match = new BatchMatch(List.of(ask("a"), ask(ARN)), List.of(secret(ARN, "a")), List.of());
		assertThat(match.secrets()).containsOnlyKeys(ask("a"), ask(ARN));
		assertThat(match.unanswered()).isEmpty();
	}

	@Test
	void matchWhenTwoAccountsHaveTheNameGivesTheNameTheOneNotAskedForByArn() {
		AnsweredSecret own = secret(ARN, "a");
		AnsweredSecret foreign = secret(FOREIGN, "a");
		BatchMatch match = new BatchMatch(List.of(ask("a"), ask(FOREIGN)), List.of(foreign, own), List.of());
		assertThat(match.secrets().get(ask("a"))).isSameAs(own);
		assertThat(match.secrets().get(ask(FOREIGN))).isSameAs(foreign);
	}

	@Test
	void matchWhenTwoAccountsHaveTheNameAndBothArnsAreAskedForLeavesTheNameOpen() {
		BatchMatch match = new BatchMatch(List.of(ask("a"), ask(FOREIGN), ask(ARN)),
				List.of(secret(FOREIGN, "a"), secret(ARN, "a")), List.of());
		assertThat(match.unanswered()).containsExactly(ask("a"));
	}

	@Test
	void matchWhenNameFailedDoesNotGiveItTheValueOfAnArn() {
		BatchMatch match = new BatchMatch(List.of(ask("a"), ask(FOREIGN)), List.of(secret(FOREIGN, "a")),
				List.of(new SecretError("a", DENIED)));
		assertThat(match.failures()).containsOnlyKeys(ask("a"));
		assertThat(match.secrets()).containsOnlyKeys(ask(FOREIGN));
	}

	@Test
	void matchWhenEntryWasNotAskedForIgnoresIt() {
		BatchMatch match = new BatchMatch(List.of(ask("a")), List.of(secret(FakeSecretsManager.arn("b"), "b")),
				List.of(new SecretError("c", DENIED), new SecretError(null, DENIED)));
		assertThat(match.secrets()).isEmpty();
		assertThat(match.failures()).isEmpty();
		assertThat(match.unanswered()).containsExactly(ask("a"));
	}

}
