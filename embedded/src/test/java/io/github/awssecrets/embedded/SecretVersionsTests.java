package io.github.awssecrets.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SecretVersions}. The moves of stages are those in recorded answers of
 * AWS.
 */
class SecretVersionsTests {

	private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

	@Test
	void withWhenFirstVersionIsAlwaysCurrent() {
		SecretVersions versions = add(SecretVersions.NONE, "v1", "AWSPENDING");
		assertThat(versions.stagesOf("v1")).containsExactly("AWSCURRENT", "AWSPENDING");
	}

	@Test
	void withWhenCurrentMovesMakesTheOldOnePrevious() {
		SecretVersions versions = add(add(add(SecretVersions.NONE, "v1", "AWSCURRENT"), "v2", "AWSCURRENT"), "v3",
				"AWSCURRENT");
		assertThat(versions.stages()).isEqualTo(Map.of("AWSCURRENT", "v3", "AWSPREVIOUS", "v2"));
		assertThat(versions.staged().keySet()).containsExactly("v2", "v3");
		assertThat(versions.all()).extracting(SecretVersion::id).containsExactly("v1", "v2", "v3");
	}

	@Test
	void withWhenPendingLeavesTheCurrentAlone() {
		SecretVersions versions = add(add(SecretVersions.NONE, "v1", "AWSCURRENT"), "v2", "AWSPENDING");
		assertThat(versions.stages()).isEqualTo(Map.of("AWSCURRENT", "v1", "AWSPENDING", "v2"));
	}

	@Test
	void moveWhenPendingBecomesCurrentKeepsPending() {
		SecretVersions versions = add(add(SecretVersions.NONE, "v1", "AWSCURRENT"), "v2", "AWSPENDING")
			.move("AWSCURRENT", "v2");
		assertThat(versions.stagesOf("v1")).containsExactly("AWSPREVIOUS");
		assertThat(versions.stagesOf("v2")).containsExactly("AWSCURRENT", "AWSPENDING");
	}

	@Test
	void withWhenCurrentVersionWasPendingTakesPendingOffIt() {
		SecretVersions versions = add(
				add(add(SecretVersions.NONE, "v1", "AWSCURRENT"), "v2", "AWSPENDING").move("AWSCURRENT", "v2"), "v3",
				"AWSCURRENT");
		assertThat(versions.staged()).containsOnlyKeys("v2", "v3");
		assertThat(versions.stagesOf("v2")).containsExactly("AWSPREVIOUS");
	}

	@Test
	void withWhenStagesAreAttachedElsewhereMovesThem() {
		SecretVersions versions = add(add(add(SecretVersions.NONE, "v1", "AWSCURRENT"), "v2", "one", "two", "three"),
				"v3", "one", "two", "four");
		assertThat(versions.stagesOf("v2")).containsExactly("three");
		assertThat(versions.stagesOf("v3")).containsExactly("four", "one", "two");
	}

	@Test
	void moveWhenRolledBackSwapsCurrentAndPrevious() {
		SecretVersions versions = add(add(SecretVersions.NONE, "v1", "AWSCURRENT"), "v2", "AWSCURRENT")
			.move("AWSCURRENT", "v1");
		assertThat(versions.stages()).isEqualTo(Map.of("AWSCURRENT", "v1", "AWSPREVIOUS", "v2"));
	}

	@Test
	void moveWhenToNoneRemovesTheStage() {
		SecretVersions versions = add(add(SecretVersions.NONE, "v1", "AWSCURRENT"), "v2", "AWSPENDING")
			.move("AWSPENDING", null);
		assertThat(versions.stages()).isEqualTo(Map.of("AWSCURRENT", "v1"));
		assertThat(versions.withStage("AWSPENDING")).isEmpty();
		assertThat(versions.withId("v2")).isPresent();
	}

	@Test
	void withWhenMoreThanHundredForgetsOldDeprecatedOnes() {
		SecretVersions versions = SecretVersions.NONE;
		for (int i = 0; i < 105; i++) {
			versions = versions.with(version("v" + i, NOW.plus(Duration.ofHours(i))), List.of("AWSCURRENT"));
		}
		assertThat(versions.all()).hasSize(100).first().extracting(SecretVersion::id).isEqualTo("v5");
	}

	@Test
	void withWhenMoreThanHundredInADayForgetsNone() {
		SecretVersions versions = SecretVersions.NONE;
		for (int i = 0; i < 105; i++) {
			versions = versions.with(version("v" + i, NOW), List.of("AWSCURRENT"));
		}
		assertThat(versions.all()).hasSize(105);
	}

	private static SecretVersions add(SecretVersions versions, String id, String... stages) {
		return versions.with(version(id, NOW), List.of(stages));
	}

	private static SecretVersion version(String id, Instant created) {
		return new SecretVersion(id, SecretContent.ofString("any"), created, null);
	}

}
