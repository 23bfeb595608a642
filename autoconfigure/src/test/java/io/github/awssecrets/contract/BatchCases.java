package io.github.awssecrets.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.model.APIErrorType;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.SecretValueEntry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What BatchGetSecretValue answers.
 */
abstract class BatchCases extends ContractCases {

	@Test
	void batchAnswersNameArnAndPartialArn() {
		create("a");
		create("b");
		create("c");
		assertThat(names(batch(id("a"), arn("b"), arn("c").replaceAll("-[^-]{6}$", ""))))
			.containsExactlyInAnyOrder(id("a"), id("b"), id("c"));
	}

	@Test
	void batchAnswersCurrentVersion() {
		create("a");
		String second = put("a", 2);
		put("a", 3, "AWSPENDING");
		SecretValueEntry entry = batch(id("a")).secretValues().get(0);
		assertThat(value("a", 2).equals(entry.secretString())).isTrue();
		assertThat(entry.versionId()).isEqualTo(second);
		assertThat(entry.versionStages()).containsExactly("AWSCURRENT");
		assertThat(entry.arn()).isEqualTo(arn("a"));
		assertThat(entry.createdDate()).isNotNull();
	}

	@Test
	void batchAnswersBinary() {
		SdkBytes bytes = SdkBytes.fromUtf8String(value("a", 1));
		this.client.createSecret((request) -> request.name(id("a")).secretBinary(bytes));
		SecretValueEntry entry = batch(id("a")).secretValues().get(0);
		assertThat(bytes.equals(entry.secretBinary())).isTrue();
		assertThat(entry.secretString() == null).isTrue();
	}

	@Test
	void batchWhenAllAreFoundHasNoErrors() {
		create("a");
		BatchGetSecretValueResponse response = batch(id("a"));
		assertThat(response.errors()).isEmpty();
		assertThat(response.nextToken()).isNull();
	}

	@Test
	void batchWhenSecretIsUnknownTellsItInErrors() {
		create("a");
		BatchGetSecretValueResponse response = batch(id("a"), id("missing"));
		assertThat(names(response)).containsExactly(id("a"));
		assertThat(errors(response)).containsExactly(tuple(id("missing"), "ResourceNotFoundException"));
	}

	@Test
	void batchWhenSecretIsDeletedTellsItInErrors() {
		create("a");
		create("deleted");
		delete("deleted");
		BatchGetSecretValueResponse response = batch(id("a"), id("deleted"));
		assertThat(names(response)).containsExactly(id("a"));
		assertThat(errors(response)).containsExactly(tuple(id("deleted"), "InvalidRequestException"));
	}

	@Test
	void batchWhenSecretHasNoVersionSucceeds() {
		create("a");
		this.client.createSecret((request) -> request.name(id("empty")));
		assertThat(outcome(() -> batch(id("a"), id("empty")))).isEqualTo(OK);
	}

	@Test
	void batchWhenNothingIsFoundSucceeds() {
		assertThat(outcome(() -> batch(id("a"), id("b")))).isEqualTo(OK);
	}

	@Test
	void batchWhenTwentyIdsAnswersAll() {
		ids(20).forEach((id) -> this.client.createSecret((request) -> request.name(id).secretString("x")));
		assertThat(names(batch(ids(20).toArray(String[]::new)))).containsExactlyInAnyOrderElementsOf(ids(20));
	}

	@Test
	void batchWhenTwentyOneIdsIsRefused() {
		assertThat(outcome(() -> batch(ids(21).toArray(String[]::new)))).isEqualTo(VALIDATION);
	}

	@Test
	void batchWhenNeitherIdsNorFiltersIsRefused() {
		assertThat(outcome(() -> this.client.batchGetSecretValue((request) -> {
		}))).isEqualTo(INVALID_PARAMETER);
	}

	@Test
	void batchWhenIdsAndFiltersIsRefused() {
		assertThat(outcome(
				() -> this.client.batchGetSecretValue((request) -> request.secretIdList(id("a")).filters(own()))))
			.isEqualTo(INVALID_PARAMETER);
	}

	@Test
	void batchWhenLimitWithoutFiltersIsRefused() {
		assertThat(outcome(
				() -> this.client.batchGetSecretValue((request) -> request.secretIdList(id("a")).maxResults(1))))
			.isEqualTo(INVALID_PARAMETER);
	}

	@Test
	void batchWhenFilteredAnswersPagesOfTwenty() {
		ids(21).forEach((id) -> this.client.createSecret((request) -> request.name(id).secretString("x")));
		assertThat(pageSizes((request) -> request.filters(own()))).containsExactly(20, 1);
	}

	@Test
	void batchWhenFilteredAndLimitedAnswersSmallerPages() {
		ids(3).forEach((id) -> this.client.createSecret((request) -> request.name(id).secretString("x")));
		assertThat(pageSizes((request) -> request.filters(own()).maxResults(2))).containsExactly(2, 1);
	}

	private List<Integer> pageSizes(Consumer<BatchGetSecretValueRequest.Builder> request) {
		List<Integer> sizes = new ArrayList<>();
		this.client.batchGetSecretValuePaginator(request).forEach((page) -> sizes.add(page.secretValues().size()));
		return sizes;
	}

	@Test
	void batchWhenFilteredOmitsOthers() {
		create("a");
		this.client
			.createSecret((request) -> request.name(id("a").toUpperCase(Locale.ROOT)).secretString(value("a", 1)));
		assertThat(names(this.client.batchGetSecretValue((request) -> request.filters(own()))))
			.containsExactly(id("a"));
	}

	@Test
	void batchWhenTokenIsMadeUpIsRefused() {
		create("a");
		assertThat(outcome(
				() -> this.client.batchGetSecretValue((request) -> request.filters(own()).nextToken("made-up"))))
			.isEqualTo(INVALID_TOKEN);
	}

	private Filter own() {
		return Filter.builder().key("name").values(id("")).build();
	}

	private BatchGetSecretValueResponse batch(String... ids) {
		return this.client.batchGetSecretValue((request) -> request.secretIdList(ids));
	}

	private static List<String> names(BatchGetSecretValueResponse response) {
		return response.secretValues().stream().map(SecretValueEntry::name).toList();
	}

	private static List<Tuple> errors(BatchGetSecretValueResponse response) {
		return response.errors().stream().map(BatchCases::error).toList();
	}

	private static Tuple error(APIErrorType error) {
		return tuple(error.secretId(), error.errorCode());
	}

}
