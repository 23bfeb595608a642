package io.github.awssecrets.embedded;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * ListSecrets, by date of creation. Unlike AWS's it is never behind.
 */
final class ListSecretsOperation implements Operation {

	private static final int MAXIMUM = 100;

	@Override
	public Set<String> parameters() {
		return Set.of("IncludePlannedDeletion", "MaxResults", "NextToken", "Filters", "SortOrder");
	}

	@Override
	public ObjectNode execute(ApiCall call) {
		Parameters parameters = call.parameters();
		List<SecretFilter> filters = parameters.filters();
		boolean includeDeleted = parameters.flag("IncludePlannedDeletion");
		boolean descending = isDescending(parameters);
		List<Secret> found = new ArrayList<>(call.secrets().all());
		found.removeIf((secret) -> (secret.isDeleted() && !includeDeleted) || !SecretFilter.allMatch(filters, secret));
		if (descending) {
			Collections.reverse(found);
		}
		Page<Secret> page = Page.of(found, parameters, parameters.number("MaxResults", 1, MAXIMUM, MAXIMUM),
				filters + "," + includeDeleted + "," + descending);
		ObjectNode answer = Json.object();
		ArrayNode list = answer.putArray("SecretList");
		page.elements().forEach((secret) -> list.add(Answers.description(secret, "SecretVersionsToStages")));
		page.addTokenTo(answer);
		return answer;
	}

	private static boolean isDescending(Parameters parameters) {
		String order = parameters.string("SortOrder", 1, 4);
		if (order == null || order.equals("asc")) {
			return false;
		}
		if (order.equals("desc")) {
			return true;
		}
		throw Parameters.violation(order, "SortOrder", "Member must satisfy enum value set: [asc, desc]");
	}

}
