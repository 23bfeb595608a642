package io.github.awssecrets.retrieval;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;

import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.retrieval.WireTransport.WireAnswer;
import io.github.awssecrets.testing.VirtualTime;

/**
 * Fuzzes the way of answers from the wire through the SDK to the outcome: whatever AWS,
 * or what stands in for it, answers, there is one outcome for each secret, and a failure
 * quotes nothing of the answer.
 */
public final class WireFuzzer {

	private static final Set<SecretSelector> ONE = Set.of(selector("fuzz/one"));

	private static final Set<SecretSelector> TWO = Set.of(selector("fuzz/one"), selector("fuzz/two"));

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	/*
	 * What an answer holds that no failure may show. Failures name the error code of an
	 * answer, so this is no word that can be one.
	 */
	private static final String MARK = "Mark 5eCret";

	private WireFuzzer() {
	}

	private static SecretSelector selector(String name) {
		return SecretSelector.current(new SecretId(name));
	}

	/**
	 * Run once: ask for one secret alone if the body has an odd number of bytes, and for
	 * two in a batch if it is even.
	 * @param data the status, less 200 and divided by two, and then the body
	 */
	public static void fuzzerTestOneInput(byte[] data) {
		if (data.length == 0) {
			return;
		}
		int status = 200 + 2 * (data[0] & 0xff) % 400;
		byte[] body = Arrays.copyOfRange(data, 1, data.length);
		WireAnswer answer = new WireAnswer(status, "application/x-amz-json-1.1", body, Duration.ofMillis(1));
		Set<SecretSelector> selectors = (body.length % 2 == 0) ? TWO : ONE;
		VirtualRetrieval retrieval = new VirtualRetrieval((call) -> answer, new VirtualTime(), new Random(0));
		RetrievalReport report = retrieval.retrieve(selectors, TIMEOUT);
		if (!report.outcomes().keySet().equals(selectors)) {
			throw new IllegalStateException("Not one outcome for each secret");
		}
		report.failures().forEach(WireFuzzer::check);
		report.versions().forEach((version) -> check(version, body));
	}

	private static void check(RetrievalFailure failure) {
		if (failure.toString().contains(MARK)) {
			throw new IllegalStateException("A failure quotes the answer: " + failure.cause());
		}
		if (failure.cause() == Cause.CLIENT_FAILED || failure.cause() == Cause.CANCELLED) {
			throw new IllegalStateException("An answer is taken for a fault of the client: " + failure.detail());
		}
	}

	private static void check(SecretVersion version, byte[] body) {
		if (version.versionId().isEmpty() || !version.name().startsWith("fuzz/")) {
			throw new IllegalStateException("A version without an id or for another secret, from "
					+ new String(body, StandardCharsets.UTF_8).length() + " characters");
		}
	}

}
