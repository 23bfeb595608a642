package io.github.awssecrets.refresh;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.snapshot.SecretChange;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RotationEvents}.
 */
@ExtendWith(OutputCaptureExtension.class)
class RotationEventsTests {

	private static final String DB = "prod/db";

	private static final SecretSelector CURRENT = SimulatedSecrets.selector(DB);

	private static final SecretSelector OTHER = SimulatedSecrets.selector("prod/other");

	private static final SecretSelector PREVIOUS = new SecretSelector(new SecretId(DB), null, "AWSPREVIOUS", null);

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final RotationEvents events = new RotationEvents(this.context);

	private final List<Object> published = new ArrayList<>();

	@BeforeEach
	void start() {
		this.context.addApplicationListener((event) -> {
			if (event instanceof PayloadApplicationEvent<?> payload) {
				this.published.add(payload.getPayload());
			}
		});
		this.context.refresh();
	}

	@AfterEach
	void stop() {
		this.context.close();
	}

	@Test
	void appliedWhenRotatedTellsBothVersionsAndProperties(CapturedOutput output) {
		change(CURRENT, "db.password", "db.url");
		this.events.applied(Map.of(CURRENT, new SecretChange(version(1), version(2))));
		assertThat(output).containsOnlyOnce("INFO")
			.contains("Secret prod/db rotated: version 00000001 -> 00000002, 2 properties");
		assertThat(this.published).containsExactly(new SecretRotatedEvent(DB, SimulatedSecrets.id(1),
				SimulatedSecrets.id(2), Set.of("db.password", "db.url")));
	}

	@Test
	void appliedWhenNoPropertyChangedDoesNotCountThem(CapturedOutput output) {
		this.events.applied(Map.of(CURRENT, new SecretChange(version(1), version(2))));
		assertThat(output.getOut().stripTrailing()).endsWith("version 00000001 -> 00000002");
	}

	@Test
	void appliedWhenSecretAppearsOrGoesSaysSo(CapturedOutput output) {
		RetrievalFailure absent = RetrievalFailure.of(Cause.NOT_FOUND, CURRENT.id(), null);
		change(CURRENT, "db.password");
		this.events.applied(Map.of(CURRENT, new SecretChange(absent, version(1))));
		assertThat(output).contains("Secret prod/db is there now: version 00000001, 1 property");
		this.events.applied(Map.of(CURRENT, new SecretChange(version(1), absent)));
		assertThat(output).contains("Secret prod/db does not exist: defaults apply");
	}

	@Test
	void appliedWhenStageMovesWithCurrentVersionIsOneRotation(CapturedOutput output) {
		change(CURRENT, "db.password");
		change(PREVIOUS, "db.fallback");
		Map<SecretSelector, SecretChange> changes = new LinkedHashMap<>();
		changes.put(CURRENT, new SecretChange(version(2), version(3)));
		changes.put(PREVIOUS, new SecretChange(version(1), version(2)));
		this.events.applied(changes);
		assertThat(output).containsOnlyOnce("INFO")
			.contains("Secret prod/db rotated: version 00000002 -> 00000003, 2 properties");
		assertThat(this.published).containsExactly(new SecretRotatedEvent(DB, SimulatedSecrets.id(2),
				SimulatedSecrets.id(3), Set.of("db.password", "db.fallback")));
	}

	@Test
	void appliedWhenOtherPropertiesChangedToldOnlyItsOwnAndKeepsTheOthers() {
		change(CURRENT, "db.password");
		change(OTHER, "other.password");
		assertThat(this.events.pending()).containsExactlyInAnyOrder(ConfigurationPropertyName.of("db.password"),
				ConfigurationPropertyName.of("other.password"));
		this.events.applied(Map.of(CURRENT, new SecretChange(version(1), version(2))));
		assertThat(this.published).containsExactly(
				new SecretRotatedEvent(DB, SimulatedSecrets.id(1), SimulatedSecrets.id(2), Set.of("db.password")));
		assertThat(this.events.pending()).containsExactly(ConfigurationPropertyName.of("other.password"));
		this.events.forget(Set.of(OTHER));
		assertThat(this.events.pending()).isEmpty();
	}

	@Test
	void rejectedWhenTheContextIsActiveIsPublished() {
		this.events.rejected(CURRENT, SimulatedSecrets.id(1), SimulatedSecrets.id(2), "it is empty");
		SecretRotationRejectedEvent event = new SecretRotationRejectedEvent(DB, SimulatedSecrets.id(1),
				SimulatedSecrets.id(2), "it is empty");
		assertThat(this.published).containsExactly(event);
		this.context.close();
		this.events.rejected(CURRENT, SimulatedSecrets.id(1), SimulatedSecrets.id(3), "it is empty");
		assertThat(this.published).containsExactly(event);
	}

	private void change(SecretSelector secret, String... properties) {
		for (String property : properties) {
			this.events.changed(Map.of(ConfigurationPropertyName.of(property), Set.of(secret)));
		}
	}

	private static SecretVersion version(int version) {
		return new SecretVersion("arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf", DB, "eu-west-1",
				SimulatedSecrets.id(version), Set.of(), SecretContent.ofText(Canary.value(DB, version)), null,
				Instant.EPOCH);
	}

}
