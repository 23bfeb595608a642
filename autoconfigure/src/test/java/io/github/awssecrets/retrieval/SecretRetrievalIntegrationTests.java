package io.github.awssecrets.retrieval;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.awssecrets.embedded.Call;
import io.github.awssecrets.embedded.Fault;
import io.github.awssecrets.embedded.Gate;
import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SecretRetrieval} against the embedded Secrets Manager, while all is
 * well.
 */
@Timeout(120)
class SecretRetrievalIntegrationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final SecretsServer server = SecretsServer.start();

	private final SecretRetrieval retrieval = SecretRetrieval
		.aws(RetrievalSettings.defaults().at("eu-west-1", this.server.endpoint()), List.of());

	@AfterEach
	void close() {
		this.retrieval.close();
		assertThat(OwnThreads.alive()).isEmpty();
		this.server.close();
	}

	private String[] create(int count) {
		String[] names = IntStream.range(0, count).mapToObj((i) -> "app/s" + i).toArray(String[]::new);
		for (String name : names) {
			this.server.create(name, Canary.value(name, 1));
		}
		return names;
	}

	private static SecretSelector current(String id) {
		return SecretSelector.current(new SecretId(id));
	}

	private RetrievalReport retrieve(String... ids) {
		return retrieve(Stream.of(ids).map(SecretRetrievalIntegrationTests::current).toArray(SecretSelector[]::new));
	}

	private RetrievalReport retrieve(SecretSelector... selectors) {
		return this.retrieval.retrieve(Arrays.asList(selectors), TIMEOUT);
	}

	private static SecretVersion version(RetrievalReport report, SecretSelector selector) {
		assertThat(report.outcome(selector)).isInstanceOf(SecretVersion.class);
		return (SecretVersion) report.outcome(selector);
	}

	@Test
	void retrieveWhenNothingIsAskedForStartsNothing() {
		assertThat(retrieve(new String[0]).outcomes()).isEmpty();
		assertThat(OwnThreads.alive()).isEmpty();
		assertThat(this.server.calls()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "100, 5", "500, 25" })
	void retrieveWhenManyMakesOneBatchCallForEachTwenty(int secrets, int calls) {
		String[] names = create(secrets);
		RetrievalReport report = retrieve(names);
		assertThat(report.failures()).isEmpty();
		for (String name : names) {
			assertThat(version(report, current(name)).content().whole()).isEqualTo(Canary.value(name, 1));
		}
		assertThat(report.calls()).isEqualTo(calls);
		assertThat(this.server.calls()).hasSize(calls).extracting(Call::operation).containsOnly("BatchGetSecretValue");
	}

	@Test
	void retrieveWhenFiveBatchesHasThemOpenAtOnce() {
		String[] names = create(100);
		try (Gate gate = this.server.gate("BatchGetSecretValue", 5)) {
			assertThat(retrieve(names).failures()).isEmpty();
			assertThat(gate.maxHeld()).isEqualTo(5);
		}
		assertThat(this.server.calls()).hasSize(5);
		assertThat(OwnThreads.alive()).isNotEmpty()
			.allMatch((name) -> name.startsWith(RetrievalThreads.NAME_PREFIX))
			.hasSizeLessThanOrEqualTo(6);
	}

	@Test
	void retrieveWhenWarmTakesNotMuchLongerForFiveBatchesThanForOne() {
		String[] names = create(100);
		String[] one = Arrays.copyOf(names, 20);
		this.server.faults().add(Fault.delayed(Duration.ofMillis(20)));
		for (int i = 0; i < 20; i++) {
			retrieve(names);
		}
		double single = median(() -> retrieve(one));
		double five = median(() -> retrieve(names));
		System.out.printf("Five parallel batches take %.2f times as long as one (%.1f ms and %.1f ms, 20 ms latency)%n",
				five / single, five, single);
		assertThat(this.server.calls()).extracting(Call::operation).containsOnly("BatchGetSecretValue");
	}

	private static double median(Supplier<RetrievalReport> retrieval) {
		double[] millis = IntStream.range(0, 31)
			.mapToDouble((i) -> retrieval.get().elapsed().toNanos() / 1e6)
			.sorted()
			.toArray();
		return millis[millis.length / 2];
	}

	@Test
	void retrieveWhenTextBinaryAndStagesBringsEach() {
		this.server.create("text", Canary.value("text", 1));
		this.server.createBinary("binary", new byte[] { 0, 1, (byte) 0xFF });
		String first = this.server.versionId("text");
		this.server.put("text", Canary.value("text", 2));
		SecretSelector previous = new SecretSelector(new SecretId("text"), null, "AWSPREVIOUS", null);
		SecretSelector byVersion = new SecretSelector(new SecretId("text"), null, null, first);
		RetrievalReport report = retrieve(current("text"), current("binary"), previous, byVersion);
		SecretVersion text = version(report, current("text"));
		assertThat(text.content().whole()).isEqualTo(Canary.value("text", 2));
		assertThat(text.arn()).isEqualTo(this.server.arn("text"));
		assertThat(text.name()).isEqualTo("text");
		assertThat(text.region()).isEqualTo("eu-west-1");
		assertThat(text.versionId()).isEqualTo(this.server.versionId("text"));
		assertThat(text.stages()).containsExactly("AWSCURRENT");
		assertThat(text.created()).isNotNull();
		assertThat(version(report, current("binary")).content().isBinary()).isTrue();
		assertThat(version(report, current("binary")).content().whole()).isEqualTo("AAH/");
		assertThat(version(report, previous).content().whole()).isEqualTo(Canary.value("text", 1));
		assertThat(version(report, byVersion).versionId()).isEqualTo(first);
		assertThat(report.calls()).isEqualTo(3);
	}

	@Test
	void retrieveWhenNameAndArnBringsOneVersion() {
		create(2);
		String arn = this.server.arn("app/s0");
		RetrievalReport report = retrieve("app/s0", "app/s1", arn);
		assertThat(version(report, current(arn))).isSameAs(version(report, current("app/s0")));
		assertThat(report.calls()).isOne();
	}

	@Test
	void retrieveWhenRotatedBringsTheNewVersion() {
		create(2);
		String before = version(retrieve("app/s0", "app/s1"), current("app/s0")).versionId();
		this.server.put("app/s0", Canary.value("app/s0", 2));
		SecretVersion after = version(retrieve("app/s0", "app/s1"), current("app/s0"));
		assertThat(after.versionId()).isNotEqualTo(before);
		assertThat(after.content().whole()).isEqualTo(Canary.value("app/s0", 2));
	}

	@Test
	void retrieveWhenOtherRegionsCallsThem() {
		create(2);
		this.server.inRegion("us-east-1").create("app/s0", Canary.value("us/s0", 1));
		String foreign = this.server.inRegion("ap-southeast-2").create("app/far", Canary.value("far", 1));
		String arn = this.server.inRegion("ap-southeast-2").arn("app/far");
		assertThat(foreign).isNotEmpty();
		SecretSelector american = new SecretSelector(new SecretId("app/s0"), "us-east-1", null, null);
		RetrievalReport report = retrieve(current("app/s0"), current("app/s1"), american, current(arn));
		assertThat(version(report, american).content().whole()).isEqualTo(Canary.value("us/s0", 1));
		assertThat(version(report, current("app/s0")).content().whole()).isEqualTo(Canary.value("app/s0", 1));
		assertThat(version(report, current(arn)).region()).isEqualTo("ap-southeast-2");
		assertThat(this.server.calls()).extracting(Call::region)
			.containsExactlyInAnyOrder("eu-west-1", "us-east-1", "ap-southeast-2");
	}

	@Test
	void retrieveWhenCalledByManyThreadsAnswersAll() {
		String[] names = create(40);
		List<RetrievalReport> reports = IntStream.range(0, 16).parallel().mapToObj((i) -> retrieve(names)).toList();
		assertThat(reports).allSatisfy((report) -> assertThat(report.versions()).hasSize(40));
		assertThat(this.server.calls()).hasSize(32);
	}

}
