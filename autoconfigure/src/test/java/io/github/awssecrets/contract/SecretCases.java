package io.github.awssecrets.contract;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

import io.github.awssecrets.testing.Canary;
import org.assertj.core.data.TemporalUnitOffset;
import org.assertj.core.data.TemporalUnitWithinOffset;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the service answers about single secrets: creating, finding, changing, deleting
 * and restoring them.
 */
abstract class SecretCases extends ContractCases {

	private static final String TOKEN = "11111111-2222-3333-4444-555555555555";

	@Test
	void createAnswersArnNameAndVersionId() {
		CreateSecretResponse created = this.client
			.createSecret((request) -> request.name(id("a")).secretString(value("a", 1)));
		assertThat(created.name()).isEqualTo(id("a"));
		assertThat(created.versionId()).hasSizeBetween(32, 64);
		assertThat(created.arn()).matches(
				"arn:aws:secretsmanager:%s:\\d{12}:secret:%s-[A-Za-z0-9]{6}".formatted(RunningBackend.REGION, id("a")));
	}

	@Test
	void createWhenTokenGivenMakesItTheVersionId() {
		assertThat(createWithToken(value("a", 1)).versionId()).isEqualTo(TOKEN);
	}

	@Test
	void createWhenRepeatedWithTokenAndValueIsTheSame() {
		createWithToken(value("a", 1));
		assertThat(outcome(() -> createWithToken(value("a", 1)))).isEqualTo(OK);
	}

	@Test
	void createWhenRepeatedWithTokenAndOtherValueIsRefused() {
		createWithToken(value("a", 1));
		assertThat(outcome(() -> createWithToken(value("a", 2)))).isEqualTo(EXISTS);
	}

	private CreateSecretResponse createWithToken(String value) {
		return this.client
			.createSecret((request) -> request.name(id("a")).secretString(value).clientRequestToken(TOKEN));
	}

	@Test
	void createWhenNameIsTakenIsRefused() {
		create("a");
		assertThat(outcome(() -> create("a"))).isEqualTo(EXISTS);
	}

	@Test
	void createWhenNameIsThatOfDeletedSecretIsRefused() {
		create("a");
		delete("a");
		assertThat(outcome(() -> create("a"))).isEqualTo(INVALID_REQUEST);
	}

	@Test
	void createWhenNameHasOtherCharactersIsRefused() {
		assertThat(outcome(() -> create("a b"))).isEqualTo(VALIDATION);
	}

	@Test
	void createWhenNameHasAllAllowedCharactersIsAccepted() {
		assertThat(outcome(() -> create("aZ09/_+=.@-!"))).isEqualTo(OK);
	}

	@Test
	void createWhenNameHas512CharactersIsAccepted() {
		assertThat(outcome(() -> create("n".repeat(512 - id("").length())))).isEqualTo(OK);
	}

	@Test
	void createWhenNameHas513CharactersIsRefused() {
		assertThat(outcome(() -> create("n".repeat(513 - id("").length())))).isEqualTo(VALIDATION);
	}

	@Test
	void createWhenValueHas65536BytesIsAccepted() {
		assertThat(createWithSize(65_536)).isEqualTo(OK);
	}

	@Test
	void createWhenValueHas65537BytesIsRefused() {
		assertThat(createWithSize(65_537)).isEqualTo(VALIDATION);
	}

	private String createWithSize(int size) {
		return outcome(
				() -> this.client.createSecret((request) -> request.name(id("a")).secretString("x".repeat(size))));
	}

	@Test
	void createWhenTextAndBinaryIsRefused() {
		assertThat(outcome(() -> this.client.createSecret((request) -> request.name(id("a"))
			.secretString(value("a", 1))
			.secretBinary(SdkBytes.fromUtf8String(value("a", 1)))))).isEqualTo(INVALID_PARAMETER);
	}

	@Test
	void createWhenWithoutValueMakesNoVersion() {
		assertThat(createEmpty().versionId()).isNull();
		assertThat(this.client.describeSecret((request) -> request.secretId(id("a"))).versionIdsToStages()).isEmpty();
	}

	@Test
	void getWhenThereIsNoVersionIsNotFound() {
		createEmpty();
		assertThat(get(id("a"))).isEqualTo(NOT_FOUND);
	}

	private CreateSecretResponse createEmpty() {
		return this.client.createSecret((request) -> request.name(id("a")));
	}

	@Test
	void getTellsNameVersionStagesAndDate() {
		String versionId = create("a");
		GetSecretValueResponse response = this.client.getSecretValue((request) -> request.secretId(id("a")));
		assertThat(response.name()).isEqualTo(id("a"));
		assertThat(response.arn()).isEqualTo(arn("a"));
		assertThat(response.versionId()).isEqualTo(versionId);
		assertThat(response.versionStages()).containsExactly("AWSCURRENT");
		assertThat(response.createdDate()).isCloseTo(Instant.now(), within(Duration.ofMinutes(10)));
	}

	@Test
	void getWhenTextAnswersItExactly() {
		String text = Canary.value("text", 1) + " ${x} #{1+1} \\ \" \t\r\n ü 漢 😀 \u0001 </script>";
		this.client.createSecret((request) -> request.name(id("a")).secretString(text));
		GetSecretValueResponse response = this.client.getSecretValue((request) -> request.secretId(id("a")));
		assertThat(text.equals(response.secretString())).isTrue();
		assertThat(response.secretBinary() == null).isTrue();
	}

	@Test
	void getWhenBinaryAnswersItExactly() {
		byte[] bytes = new byte[256];
		IntStream.range(0, bytes.length).forEach((i) -> bytes[i] = (byte) i);
		this.client.createSecret((request) -> request.name(id("a")).secretBinary(SdkBytes.fromByteArray(bytes)));
		GetSecretValueResponse response = this.client.getSecretValue((request) -> request.secretId(id("a")));
		assertThat(SdkBytes.fromByteArray(bytes).equals(response.secretBinary())).isTrue();
		assertThat(response.secretString() == null).isTrue();
	}

	@Test
	void getWhenArnFindsSecret() {
		create("a");
		assertThat(get(arn("a"))).isEqualTo(OK);
	}

	@Test
	void getWhenPartialArnFindsSecret() {
		create("a");
		assertThat(get(arn("a").replaceAll("-[^-]{6}$", ""))).isEqualTo(OK);
	}

	@Test
	void getWhenArnHasOtherSuffixIsNotFound() {
		create("a");
		assertThat(get(arn("a").replaceAll("[^-]{6}$", "AAAAAA"))).isEqualTo(NOT_FOUND);
	}

	@Test
	void getWhenNameHasSuffixOfArnIsNotFound() {
		create("a");
		assertThat(get(arn("a").replaceAll("^.*:", ""))).isEqualTo(NOT_FOUND);
	}

	@Test
	void getWhenSecretIsUnknownIsNotFound() {
		assertThat(get(id("a"))).isEqualTo(NOT_FOUND);
	}

	@Test
	void getWhenOtherRegionIsNotFound() {
		create("a");
		try (SecretsManagerClient other = this.backend.client("us-east-1")) {
			assertThat(outcome(() -> other.getSecretValue((request) -> request.secretId(id("a")))))
				.isEqualTo(NOT_FOUND);
		}
	}

	@Test
	void getWhenIdIsMissingIsRefused() {
		assertThat(outcome(() -> this.client.getSecretValue((request) -> {
		}))).isEqualTo(VALIDATION);
	}

	@Test
	void getWhenIdHas2049CharactersIsRefused() {
		assertThat(get("x".repeat(2049))).isEqualTo(VALIDATION);
	}

	@Test
	void updateWhenValueMakesItCurrent() {
		create("a");
		this.client.updateSecret((request) -> request.secretId(id("a")).secretString(value("a", 2)));
		assertThat(List.of(which("a"), which("a", (request) -> request.versionStage("AWSPREVIOUS")))).containsExactly(2,
				1);
	}

	@Test
	void updateWhenDescriptionOnlyMakesNoVersion() {
		String versionId = create("a");
		this.client.updateSecret((request) -> request.secretId(id("a")).description("new"));
		DescribeSecretResponse described = this.client.describeSecret((request) -> request.secretId(id("a")));
		assertThat(described.description()).isEqualTo("new");
		assertThat(described.versionIdsToStages().keySet()).containsExactly(versionId);
	}

	@Test
	void updateWhenSecretIsUnknownIsNotFound() {
		assertThat(outcome(
				() -> this.client.updateSecret((request) -> request.secretId(id("a")).secretString(value("a", 2)))))
			.isEqualTo(NOT_FOUND);
	}

	@Test
	void describeTellsEverythingButTheValue() {
		Tag tag = Tag.builder().key("team").value("orders").build();
		String versionId = this.client
			.createSecret((request) -> request.name(id("a")).secretString(value("a", 1)).description("A").tags(tag))
			.versionId();
		DescribeSecretResponse described = this.client.describeSecret((request) -> request.secretId(id("a")));
		assertThat(described.name()).isEqualTo(id("a"));
		assertThat(described.description()).isEqualTo("A");
		assertThat(described.tags()).containsExactly(tag);
		assertThat(described.deletedDate()).isNull();
		assertThat(described.createdDate()).isCloseTo(Instant.now(), within(Duration.ofMinutes(10)));
		assertThat(described.versionIdsToStages()).hasSize(1).containsEntry(versionId, List.of("AWSCURRENT"));
	}

	@Test
	void describeWhenSecretIsUnknownIsNotFound() {
		assertThat(outcome(() -> this.client.describeSecret((request) -> request.secretId(id("a")))))
			.isEqualTo(NOT_FOUND);
	}

	@Test
	void deleteTellsWhen() {
		create("a");
		Instant deletion = this.client.deleteSecret((request) -> request.secretId(id("a")).recoveryWindowInDays(10L))
			.deletionDate();
		assertThat(deletion).isCloseTo(Instant.now().plus(Duration.ofDays(10)), within(Duration.ofHours(2)));
	}

	@Test
	void describeWhenDeletedTellsWhen() {
		create("a");
		delete("a");
		assertThat(this.client.describeSecret((request) -> request.secretId(id("a"))).deletedDate()).isNotNull();
	}

	@Test
	void getWhenDeletedIsRefused() {
		create("a");
		delete("a");
		assertThat(get(id("a"))).isEqualTo(INVALID_REQUEST);
	}

	@Test
	void deleteWhenDeletedIsRefused() {
		create("a");
		delete("a");
		assertThat(deletion(7L, null)).isEqualTo(INVALID_REQUEST);
	}

	@Test
	void deleteWhenWindowIsTooShortIsRefused() {
		create("a");
		assertThat(deletion(6L, null)).isEqualTo(INVALID_PARAMETER);
	}

	@Test
	void deleteWhenWindowAndAtOnceIsRefused() {
		create("a");
		assertThat(deletion(7L, true)).isEqualTo(INVALID_PARAMETER);
	}

	@Test
	void deleteWhenSecretIsUnknownIsNotFound() {
		assertThat(deletion(7L, null)).isEqualTo(NOT_FOUND);
	}

	@Test
	void deleteWhenAtOnceAndSecretIsUnknownIsAccepted() {
		assertThat(deletion(null, true)).isEqualTo(OK);
	}

	@Test
	void getWhenDeletedAtOnceIsNotFound() {
		create("a");
		deletion(null, true);
		assertThat(get(id("a"))).isEqualTo(NOT_FOUND);
	}

	private String deletion(Long window, Boolean atOnce) {
		return outcome(() -> this.client.deleteSecret((
				request) -> request.secretId(id("a")).recoveryWindowInDays(window).forceDeleteWithoutRecovery(atOnce)));
	}

	@Test
	void restoreMakesDeletedSecretReadable() {
		create("a");
		delete("a");
		this.client.restoreSecret((request) -> request.secretId(id("a")));
		assertThat(which("a")).isEqualTo(1);
	}

	@Test
	void restoreWhenSecretIsUnknownIsNotFound() {
		assertThat(outcome(() -> this.client.restoreSecret((request) -> request.secretId(id("a")))))
			.isEqualTo(NOT_FOUND);
	}

	private static TemporalUnitOffset within(Duration duration) {
		return new TemporalUnitWithinOffset(duration.toSeconds(), ChronoUnit.SECONDS);
	}

}
