package io.github.awssecrets.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretVersionIdsResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretVersionsListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SortOrderType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for ListSecrets and ListSecretVersionIds, as the AWS SDK sees them.
 */
class ListingIntegrationTests extends AbstractSdkTests {

	@Test
	void listSecretsPagesInEitherOrder() {
		IntStream.range(0, 5).forEach((i) -> this.server.create("s" + i, "x"));
		List<String> ascending = new ArrayList<>();
		this.client.listSecretsPaginator((request) -> request.maxResults(2))
			.forEach((page) -> page.secretList().forEach((entry) -> ascending.add(entry.name())));
		assertThat(ascending).containsExactly("s0", "s1", "s2", "s3", "s4");
		assertThat(this.client.listSecrets((request) -> request.sortOrder(SortOrderType.DESC)).secretList())
			.extracting(SecretListEntry::name)
			.containsExactly("s4", "s3", "s2", "s1", "s0");
	}

	@Test
	void listSecretsTellsWhatDescribeSecretTells() {
		String version = this.server.create("a", "x");
		SecretListEntry entry = this.client.listSecrets().secretList().get(0);
		assertThat(entry.arn()).isEqualTo(this.server.arn("a"));
		assertThat(entry.createdDate()).isEqualTo(this.clock.instant());
		assertThat(entry.secretVersionsToStages()).containsOnlyKeys(version);
	}

	@Test
	void listSecretsWhenFilteredOmitsOthersAndThoseMarkedForDeletion() {
		this.server.create("prod/a", "x");
		this.server.create("prod/b", "x");
		this.server.create("test/a", "x");
		this.server.delete("prod/b", 7);
		assertThat(this.client.listSecrets((request) -> request.filters(nameFilter("prod/"))).secretList())
			.extracting(SecretListEntry::name)
			.containsExactly("prod/a");
		assertThat(this.client.listSecrets((request) -> request.includePlannedDeletion(true)).secretList())
			.extracting(SecretListEntry::name)
			.containsExactly("prod/a", "prod/b", "test/a");
	}

	@Test
	void listSecretVersionIdsOmitsDeprecatedVersionsUnlessAsked() {
		String first = this.server.create("a", "1");
		String second = this.server.put("a", "2");
		String third = this.server.put("a", "3");
		ListSecretVersionIdsResponse response = this.client.listSecretVersionIds((request) -> request.secretId("a"));
		assertThat(response.versions()).extracting(SecretVersionsListEntry::versionId).containsExactly(second, third);
		assertThat(response.versions().get(1).versionStages()).containsExactly("AWSCURRENT");
		assertThat(response.versions().get(1).kmsKeyIds()).containsExactly("DefaultEncryptionKey");
		assertThat(response.name()).isEqualTo("a");
		List<String> all = new ArrayList<>();
		this.client
			.listSecretVersionIdsPaginator((request) -> request.secretId("a").includeDeprecated(true).maxResults(2))
			.forEach((page) -> page.versions().forEach((version) -> all.add(version.versionId())));
		assertThat(all).containsExactly(first, second, third);
	}

}
