package io.github.awssecrets.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SortOrderType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What ListSecrets answers.
 */
abstract class ListingCases extends ContractCases {

	@Test
	void listTellsWhatDescribeTells() {
		String versionId = create("a");
		SecretListEntry entry = this.client.listSecrets((request) -> request.filters(own())).secretList().get(0);
		assertThat(entry.name()).isEqualTo(id("a"));
		assertThat(entry.arn()).isEqualTo(arn("a"));
		assertThat(entry.createdDate()).isNotNull();
		assertThat(entry.secretVersionsToStages()).containsOnlyKeys(versionId);
	}

	@Test
	void listWhenNothingMatchesIsEmpty() {
		assertThat(names((request) -> {
		})).isEmpty();
	}

	@Test
	void listOmitsDeletedSecrets() {
		create("a");
		create("b");
		delete("b");
		assertThat(names((request) -> {
		})).containsExactly(id("a"));
	}

	@Test
	void listWhenAskedTellsDeletedSecrets() {
		create("a");
		delete("a");
		assertThat(names((request) -> request.includePlannedDeletion(true))).containsExactly(id("a"));
	}

	@Test
	void listWhenLimitedComesInPages() {
		ids(5).forEach((id) -> this.client.createSecret((request) -> request.name(id).secretString("x")));
		List<Integer> sizes = new ArrayList<>();
		List<String> names = new ArrayList<>();
		this.client.listSecretsPaginator((request) -> request.filters(own()).maxResults(2)).forEach((page) -> {
			sizes.add(page.secretList().size());
			page.secretList().forEach((entry) -> names.add(entry.name()));
		});
		assertThat(sizes).containsExactly(2, 2, 1);
		assertThat(names).containsExactlyInAnyOrderElementsOf(ids(5));
	}

	@Test
	void listWhenDescendingBeginsWithTheNewest() {
		create("a");
		create("b");
		assertThat(names((request) -> request.sortOrder(SortOrderType.DESC))).containsExactly(id("b"), id("a"));
	}

	@Test
	void listWhenLimitIsTooLargeIsRefused() {
		assertThat(outcome(() -> this.client.listSecrets((request) -> request.maxResults(101)))).isEqualTo(VALIDATION);
	}

	@Test
	void listWhenTokenIsMadeUpIsRefused() {
		assertThat(outcome(() -> this.client.listSecrets((request) -> request.nextToken("made-up"))))
			.isEqualTo(INVALID_TOKEN);
	}

	private List<String> names(Consumer<ListSecretsRequest.Builder> request) {
		return this.client.listSecrets((builder) -> {
			builder.filters(own());
			request.accept(builder);
		}).secretList().stream().map(SecretListEntry::name).toList();
	}

	private Filter own() {
		return Filter.builder().key("name").values(id("")).build();
	}

}
