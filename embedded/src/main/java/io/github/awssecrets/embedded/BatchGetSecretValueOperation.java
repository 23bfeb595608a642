package io.github.awssecrets.embedded;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * BatchGetSecretValue. What is wrong with single secrets is told in {@code Errors}; the
 * call itself succeeds.
 */
final class BatchGetSecretValueOperation implements Operation {

	private static final int MAXIMUM = 20;

	@Override
	public Set<String> parameters() {
		return Set.of("SecretIdList", "Filters", "MaxResults", "NextToken");
	}

	@Override
	public ObjectNode execute(ApiCall call) {
		Page<String> ids = ids(call);
		ObjectNode answer = Json.object();
		ArrayNode values = answer.putArray("SecretValues");
		ArrayNode errors = answer.putArray("Errors");
		for (String id : ids.elements()) {
			try {
				values.add(retrieve(call, id));
			}
			catch (ApiException ex) {
				errors.addObject().put("SecretId", id).put("ErrorCode", ex.code()).put("Message", ex.text());
			}
		}
		ids.addTokenTo(answer);
		return answer;
	}

	private static ObjectNode retrieve(ApiCall call, String id) {
		call.checkAccess(Operations.GET, id);
		call.faults().hitEntry(id, (faulty) -> call.isSameSecret(id, faulty)).ifPresent((error) -> {
			throw error;
		});
		return GetSecretValueOperation.retrieve(call, id, null, null);
	}

	private static Page<String> ids(ApiCall call) {
		Parameters parameters = call.parameters();
		List<String> ids = parameters.secretIdList(MAXIMUM);
		List<SecretFilter> filters = parameters.filters();
		if ((ids != null) != filters.isEmpty()) {
			throw ApiException.invalidParameter("Either 'SecretIdList' or 'Filters' must be provided, but not both.");
		}
		if (ids != null) {
			return new Page<>(requireDistinct(parameters, ids), null);
		}
		call.checkAccess(Operations.LIST);
		List<String> found = call.secrets()
			.all()
			.stream()
			.filter((secret) -> !secret.isDeleted() && SecretFilter.allMatch(filters, secret))
			.map(Secret::arn)
			.toList();
		int size = parameters.number("MaxResults", 1, MAXIMUM, MAXIMUM);
		return Page.of(found, parameters, size, filters.toString());
	}

	private static List<String> requireDistinct(Parameters parameters, List<String> ids) {
		if (parameters.has("MaxResults")) {
			throw ApiException.invalidParameter(
					"'Filters' not specified. 'Filters' must also be specified when 'MaxResults' is provided.");
		}
		if (parameters.has("NextToken")) {
			throw ApiException.invalidNextToken();
		}
		Set<String> distinct = new HashSet<>();
		for (String id : ids) {
			if (!distinct.add(id)) {
				throw ApiException.invalidParameter("The SecretIdList parameter contains a duplicate: " + id + ".");
			}
		}
		return ids;
	}

}
