package io.github.awssecrets.retrieval;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KmsKeyLookup}.
 */
@ExtendWith(OutputCaptureExtension.class)
class KmsKeyLookupTests {

	private static final SecretSelector A = SecretSelector.current(new SecretId("a"));

	private static final SecretSelector B = SecretSelector.current(new SecretId("b"));

	private final VirtualTiming timing = new VirtualTiming();

	private final FakeSecretsManager aws = new FakeSecretsManager(this.timing);

	private final AwsSecretRetrieval retrieval = new AwsSecretRetrieval(new RunContext(this.aws, Duration.ofSeconds(10),
			this.timing, new Backoff(new Random(42)), Runnable::run, Runnable::run, new RetrievalListeners()), () -> {
			});

	@Test
	void kmsKeysWhenOfCustomerAreThereAndOthersAreNot() {
		this.aws.kmsKey("a", "0a1b");
		assertThat(keys(A, B)).isEqualTo(Map.of(A, "0a1b"));
		assertThat(this.aws.calls).containsExactly("Describe eu-west-1 [a]", "Describe eu-west-1 [b]");
	}

	@Test
	void kmsKeysWhenSeveralVersionsAreUsedAsksOnceForTheSecret() {
		this.aws.kmsKey("a", "0a1b");
		SecretSelector previous = new SecretSelector(new SecretId("a"), null, "AWSPREVIOUS", null);
		SecretSelector same = new SecretSelector(new SecretId("a"), "eu-west-1", null, null);
		assertThat(keys(A, previous, same)).isEqualTo(Map.of(A, "0a1b", previous, "0a1b", same, "0a1b"));
		assertThat(this.aws.calls).hasSize(1);
	}

	@Test
	void kmsKeysWhenDeniedWarnsAndLeavesKeyOut(CapturedOutput output) {
		this.aws.kmsKey("b", "0a1b");
		this.aws.failNext(CallFailure.of(Cause.ACCESS_DENIED, null));
		assertThat(keys(A, B)).isEqualTo(Map.of(B, "0a1b"));
		assertThat(output)
			.contains("The KMS keys of 1 of 2 secrets are not known: secretsmanager:DescribeSecret [ACCESS_DENIED]");
	}

	@Test
	void kmsKeysWhenTimeIsOverAsksForNoMore() {
		this.aws.hang("a");
		this.aws.kmsKey("b", "0a1b");
		assertThat(this.retrieval.kmsKeys(List.of(A, B), Duration.ofSeconds(2))).isEmpty();
		assertThat(this.aws.calls).containsExactly("Describe eu-west-1 [a]");
	}

	private Map<SecretSelector, String> keys(SecretSelector... selectors) {
		return this.retrieval.kmsKeys(List.of(selectors), Duration.ofSeconds(30));
	}

}
