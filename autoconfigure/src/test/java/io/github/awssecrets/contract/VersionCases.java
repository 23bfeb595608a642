package io.github.awssecrets.contract;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.model.SecretVersionsListEntry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the service answers about the versions of a secret and their stages.
 */
abstract class VersionCases extends ContractCases {

	private static final String TOKEN = "11111111-2222-3333-4444-555555555555";

	@Test
	void putMakesValueCurrentAndTheOtherPrevious() {
		create("a");
		put("a", 2);
		assertThat(List.of(which("a"), whichOfStage("AWSPREVIOUS"))).containsExactly(2, 1);
	}

	@Test
	void putTellsVersionAndStages() {
		create("a");
		var response = this.client.putSecretValue((request) -> request.secretId(id("a"))
			.secretString(value("a", 2))
			.clientRequestToken(TOKEN)
			.versionStages("AWSPENDING"));
		assertThat(response.name()).isEqualTo(id("a"));
		assertThat(response.versionId()).isEqualTo(TOKEN);
		assertThat(response.versionStages()).containsExactly("AWSPENDING");
	}

	@Test
	void putWhenStagesAreGivenLeavesCurrentAlone() {
		create("a");
		put("a", 2, "AWSPENDING");
		assertThat(List.of(which("a"), whichOfStage("AWSPENDING"))).containsExactly(1, 2);
	}

	@Test
	void putWhenFirstVersionIsCurrentWhateverItsStage() {
		this.client.createSecret((request) -> request.name(id("a")));
		put("a", 1, "blue");
		assertThat(outcome(() -> whichOfStage("AWSCURRENT"))).isEqualTo(OK);
	}

	@Test
	void putWhenRepeatedWithTokenAndValueIsTheSame() {
		create("a");
		putWithToken(2);
		assertThat(putWithToken(2)).isEqualTo(OK);
		assertThat(this.client.describeSecret((request) -> request.secretId(id("a"))).versionIdsToStages()).hasSize(2);
	}

	@Test
	void putWhenRepeatedWithTokenAndOtherValueIsRefused() {
		create("a");
		putWithToken(2);
		assertThat(putWithToken(3)).isEqualTo(EXISTS);
	}

	private String putWithToken(int version) {
		return outcome(() -> this.client.putSecretValue(
				(request) -> request.secretId(id("a")).secretString(value("a", version)).clientRequestToken(TOKEN)));
	}

	@Test
	void putWhenWithoutValueIsRefused() {
		create("a");
		assertThat(outcome(() -> this.client.putSecretValue((request) -> request.secretId(id("a")))))
			.isEqualTo(INVALID_REQUEST);
	}

	@Test
	void putWhenSecretIsUnknownIsNotFound() {
		assertThat(outcome(() -> put("a", 2))).isEqualTo(NOT_FOUND);
	}

	@Test
	void putWhenDeletedIsRefused() {
		create("a");
		delete("a");
		assertThat(outcome(() -> put("a", 2))).isEqualTo(INVALID_REQUEST);
	}

	@Test
	void getWhenVersionIdAnswersIt() {
		String first = create("a");
		String second = put("a", 2);
		assertThat(List.of(whichOfVersion(first), whichOfVersion(second))).containsExactly(1, 2);
	}

	@Test
	void getWhenVersionHasNoStageLeftStillAnswersIt() {
		String first = create("a");
		put("a", 2);
		put("a", 3);
		assertThat(getVersion("a", first)).isEqualTo(OK);
	}

	@Test
	void getWhenVersionIdIsUnknownIsNotFound() {
		create("a");
		assertThat(getVersion("a", TOKEN)).isEqualTo(NOT_FOUND);
	}

	@Test
	void getWhenVersionIdIsTooShortIsRefused() {
		create("a");
		assertThat(getVersion("a", "short")).isEqualTo(VALIDATION);
	}

	@Test
	void getWhenStageIsUnknownIsNotFound() {
		create("a");
		assertThat(outcome(() -> whichOfStage("AWSPENDING"))).isEqualTo(NOT_FOUND);
	}

	@Test
	void getWhenStageIsOfOtherVersionIsRefused() {
		String first = create("a");
		put("a", 2);
		assertThat(outcome(() -> which("a", (request) -> request.versionId(first).versionStage("AWSCURRENT"))))
			.isEqualTo(INVALID_REQUEST);
	}

	@Test
	void moveOfCurrentMakesTheOtherPrevious() {
		String first = create("a");
		String second = put("a", 2, "AWSPENDING");
		move("AWSCURRENT", first, second);
		assertThat(List.of(which("a"), whichOfStage("AWSPREVIOUS"))).containsExactly(2, 1);
	}

	@Test
	void moveOfCurrentBackIsRollback() {
		String first = create("a");
		String second = put("a", 2);
		move("AWSCURRENT", second, first);
		assertThat(List.of(which("a"), whichOfStage("AWSPREVIOUS"))).containsExactly(1, 2);
	}

	@Test
	void moveWhenVersionToRemoveFromIsNotNamedIsRefused() {
		String first = create("a");
		put("a", 2);
		assertThat(move("AWSCURRENT", null, first)).isEqualTo(INVALID_PARAMETER);
	}

	@Test
	void moveWhenVersionToRemoveFromIsWrongIsRefused() {
		String first = create("a");
		put("a", 2);
		assertThat(move("AWSCURRENT", first, first)).isEqualTo(INVALID_PARAMETER);
	}

	@Test
	void moveOfCurrentToNoneIsRefused() {
		assertThat(move("AWSCURRENT", create("a"), null)).isEqualTo(INVALID_PARAMETER);
	}

	@Test
	void moveToUnknownVersionIsRefused() {
		create("a");
		assertThat(move("blue", null, TOKEN)).isIn(NOT_FOUND, INVALID_PARAMETER);
	}

	@Test
	void moveAttachesAndRemovesStage() {
		String first = create("a");
		put("a", 2);
		List<String> seen = new ArrayList<>();
		seen.add(move("blue", null, first));
		seen.add(outcome(() -> whichOfStage("blue")));
		seen.add(move("blue", first, null));
		seen.add(outcome(() -> whichOfStage("blue")));
		assertThat(seen).containsExactly(OK, OK, OK, NOT_FOUND);
	}

	@Test
	void listOfVersionsOmitsThoseWithoutStage() {
		create("a");
		String second = put("a", 2);
		String third = put("a", 3);
		assertThat(this.client.listSecretVersionIds((request) -> request.secretId(id("a"))).versions())
			.extracting(SecretVersionsListEntry::versionId)
			.containsExactlyInAnyOrder(second, third);
	}

	@Test
	void listOfVersionsWhenAskedTellsThoseWithoutStage() {
		String first = create("a");
		String second = put("a", 2);
		String third = put("a", 3);
		assertThat(this.client.listSecretVersionIds((request) -> request.secretId(id("a")).includeDeprecated(true))
			.versions()).extracting(SecretVersionsListEntry::versionId).containsExactlyInAnyOrder(first, second, third);
	}

	@Test
	void listOfVersionsTellsStages() {
		create("a");
		put("a", 2);
		assertThat(this.client.listSecretVersionIds((request) -> request.secretId(id("a"))).versions())
			.extracting(SecretVersionsListEntry::versionStages)
			.containsExactlyInAnyOrder(List.of("AWSCURRENT"), List.of("AWSPREVIOUS"));
	}

	@Test
	void listOfVersionsWhenLimitedComesInPages() {
		create("a");
		put("a", 2);
		List<Integer> sizes = new ArrayList<>();
		this.client.listSecretVersionIdsPaginator((request) -> request.secretId(id("a")).maxResults(1))
			.forEach((page) -> sizes.add(page.versions().size()));
		assertThat(sizes).containsExactly(1, 1);
	}

	@Test
	void listOfVersionsWhenSecretIsUnknownIsNotFound() {
		assertThat(outcome(() -> this.client.listSecretVersionIds((request) -> request.secretId(id("a")))))
			.isEqualTo(NOT_FOUND);
	}

	private int whichOfStage(String stage) {
		return which("a", (request) -> request.versionStage(stage));
	}

	private int whichOfVersion(String versionId) {
		return which("a", (request) -> request.versionId(versionId));
	}

	private String move(String stage, String from, String to) {
		return outcome(() -> this.client.updateSecretVersionStage((request) -> request.secretId(id("a"))
			.versionStage(stage)
			.removeFromVersionId(from)
			.moveToVersionId(to)));
	}

}
