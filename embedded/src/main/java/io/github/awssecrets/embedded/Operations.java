package io.github.awssecrets.embedded;

import java.util.Map;
import java.util.TreeMap;

/**
 * The operations that the server has, by name.
 */
final class Operations {

	static final String BATCH = "BatchGetSecretValue";

	static final String LIST = "ListSecrets";

	static final String GET = "GetSecretValue";

	private static final Map<String, Operation> ALL = new TreeMap<>(Map.ofEntries(
			Map.entry("CreateSecret", new CreateSecretOperation()), Map.entry(GET, new GetSecretValueOperation()),
			Map.entry(BATCH, new BatchGetSecretValueOperation()),
			Map.entry("PutSecretValue", new PutSecretValueOperation()),
			Map.entry("UpdateSecret", new UpdateSecretOperation()),
			Map.entry("UpdateSecretVersionStage", new UpdateSecretVersionStageOperation()),
			Map.entry("DescribeSecret", new DescribeSecretOperation()), Map.entry(LIST, new ListSecretsOperation()),
			Map.entry("ListSecretVersionIds", new ListSecretVersionIdsOperation()),
			Map.entry("DeleteSecret", new DeleteSecretOperation()),
			Map.entry("RestoreSecret", new RestoreSecretOperation()),
			Map.entry("RotateSecret", new RotateSecretOperation()),
			Map.entry("CancelRotateSecret", new CancelRotateSecretOperation()),
			Map.entry("GetRandomPassword", new GetRandomPasswordOperation())));

	private Operations() {
	}

	static Operation get(String name) {
		Operation operation = ALL.get(name);
		if (operation == null) {
			throw ApiException.unknownOperation("The embedded Secrets Manager lacks the operation %s. It has %s."
				.formatted(name, String.join(", ", ALL.keySet())));
		}
		return operation;
	}

}
