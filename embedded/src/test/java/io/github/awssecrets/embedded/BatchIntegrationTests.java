package io.github.awssecrets.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.model.APIErrorType;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidNextTokenException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.SecretValueEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for BatchGetSecretValue, as the AWS SDK sees it.
 */
class BatchIntegrationTests extends AbstractSdkTests {

	@Test
	void batchAnswersCurrentVersions() {
		String version = this.server.create("a", "one");
		this.server.put("a", "two", "AWSPENDING");
		this.server.createBinary("b", new byte[] { 1 });
		BatchGetSecretValueResponse response = batch("a", this.server.arn("b"));
		assertThat(response.errors()).isEmpty();
		assertThat(response.nextToken()).isNull();
		assertThat(response.secretValues())
			.extracting(SecretValueEntry::name, SecretValueEntry::secretString, SecretValueEntry::secretBinary)
			.containsExactly(tuple("a", "one", null), tuple("b", null, SdkBytes.fromByteArray(new byte[] { 1 })));
		SecretValueEntry entry = response.secretValues().get(0);
		assertThat(entry.arn()).isEqualTo(this.server.arn("a"));
		assertThat(entry.versionId()).isEqualTo(version);
		assertThat(entry.versionStages()).containsExactly("AWSCURRENT");
		assertThat(entry.createdDate()).isEqualTo(this.clock.instant());
	}

	@Test
	void batchWhenSomeSecretsFailTellsThemApart() {
		this.server.create("a", "one");
		this.server.create("deleted", "one");
		this.server.delete("deleted", 7);
		this.client.createSecret((request) -> request.name("empty"));
		BatchGetSecretValueResponse response = batch("missing", "a", "deleted", "empty");
		assertThat(response.secretValues()).extracting(SecretValueEntry::name).containsExactly("a");
		assertThat(response.errors()).extracting(APIErrorType::secretId, APIErrorType::errorCode, APIErrorType::message)
			.containsExactly(
					tuple("missing", "ResourceNotFoundException", "Secrets Manager can't find the specified secret."),
					tuple("deleted", "InvalidRequestException",
							"You can't perform this operation on the secret because it was marked for deletion."),
					tuple("empty", "ResourceNotFoundException",
							"Secrets Manager can't find the specified secret value for staging label: AWSCURRENT"));
	}

	@Test
	void batchWhenTwentyIdsAnswersAllAndTwentyOneFails() {
		String[] ids = IntStream.range(0, 21).mapToObj((i) -> "s" + i).toArray(String[]::new);
		IntStream.range(0, 21).forEach((i) -> this.server.create("s" + i, "x"));
		assertThat(batch(List.of(ids).subList(0, 20).toArray(String[]::new)).secretValues()).hasSize(20);
		assertThatExceptionOfType(SecretsManagerException.class).isThrownBy(() -> batch(ids))
			.withMessageContaining(
					"at 'secretIdList' failed to satisfy constraint: Member must have length less than or"
							+ " equal to 20");
	}

	@Test
	void batchWhenIdIsRepeatedFails() {
		this.server.create("a", "one");
		assertFails(InvalidParameterException.class, "The SecretIdList parameter contains a duplicate: a.",
				() -> batch("a", "a"));
		assertThat(batch("a", this.server.arn("a")).secretValues()).hasSize(2);
	}

	@Test
	void batchWhenAnIdIsInvalidFails() {
		this.server.create("a", "one");
		assertThatExceptionOfType(SecretsManagerException.class).isThrownBy(() -> batch("a", "b c"))
			.satisfies((ex) -> assertThat(ex.awsErrorDetails().errorCode()).isEqualTo("ValidationException"));
	}

	@Test
	void batchWhenNeitherIdsNorFiltersOrBothFails() {
		String message = "Either 'SecretIdList' or 'Filters' must be provided, but not both.";
		assertFails(InvalidParameterException.class, message, () -> this.client.batchGetSecretValue((request) -> {
		}));
		assertFails(InvalidParameterException.class, message,
				() -> this.client.batchGetSecretValue((request) -> request.secretIdList("a").filters(nameFilter("a"))));
		assertFails(InvalidParameterException.class,
				"'Filters' not specified. 'Filters' must also be specified when 'MaxResults' is provided.",
				() -> this.client.batchGetSecretValue((request) -> request.secretIdList("a").maxResults(1)));
	}

	@Test
	void batchWhenFilteredPagesThroughAll() {
		IntStream.range(0, 45).forEach((i) -> this.server.create("prod/" + i, "v" + i));
		this.server.create("test/0", "x");
		this.server.create("prod/deleted", "x");
		this.server.delete("prod/deleted", 7);
		List<Integer> sizes = new ArrayList<>();
		List<String> names = new ArrayList<>();
		this.client.batchGetSecretValuePaginator((request) -> request.filters(nameFilter("prod/"))).forEach((page) -> {
			sizes.add(page.secretValues().size());
			page.secretValues().forEach((entry) -> names.add(entry.name()));
		});
		assertThat(sizes).containsExactly(20, 20, 5);
		assertThat(names).doesNotHaveDuplicates().hasSize(45).allMatch((name) -> name.startsWith("prod/"));
	}

	@Test
	void batchWhenTokenIsOfAnotherQueryFails() {
		IntStream.range(0, 3).forEach((i) -> this.server.create("prod/" + i, "x"));
		String token = this.client.batchGetSecretValue((request) -> request.maxResults(2).filters(nameFilter("prod/")))
			.nextToken();
		assertFails(InvalidNextTokenException.class, "The NextToken value is invalid.", () -> this.client
			.batchGetSecretValue((request) -> request.nextToken(token).filters(nameFilter("test/"))));
		assertFails(InvalidNextTokenException.class, "The NextToken value is invalid.", () -> this.client
			.batchGetSecretValue((request) -> request.nextToken("made up").filters(nameFilter("prod/"))));
	}

	private BatchGetSecretValueResponse batch(String... ids) {
		return this.client.batchGetSecretValue((request) -> request.secretIdList(ids));
	}

}
