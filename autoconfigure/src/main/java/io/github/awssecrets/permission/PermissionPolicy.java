package io.github.awssecrets.permission;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RequiredActions;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import org.jspecify.annotations.Nullable;

/**
 * An IAM policy that allows what an application does with its secrets, and nothing else.
 * It is to be attached to the identity that makes the calls.
 *
 * @param statements the statements, each of which allows something
 */
public record PermissionPolicy(List<Statement> statements) {

	/** The policy of an application that retrieves nothing. */
	public static final PermissionPolicy EMPTY = new PermissionPolicy(List.of());

	public PermissionPolicy {
		statements = List.copyOf(statements);
	}

	/**
	 * Return the policy for secrets. What is not known of a name, its Region or account,
	 * is {@code *} in it.
	 * @param secrets what is retrieved
	 * @param outcomes what came of retrieving it, as far as that was done
	 * @param region the application's own Region, or {@code null} if it is not known
	 * @param roleArn the ARN of the role that the application assumes, or {@code null}
	 * @param keys the KMS keys of secrets, by the secrets, as AWS describes them
	 * @return the policy
	 */
	public static PermissionPolicy of(Set<SecretSelector> secrets, Map<SecretSelector, RetrievalOutcome> outcomes,
			@Nullable String region, @Nullable String roleArn, Map<SecretSelector, String> keys) {
		if (secrets.isEmpty()) {
			return EMPTY;
		}
		Caller caller = Caller.of(region, roleArn).completedBy(outcomes);
		SecretResources resources = new SecretResources(caller, outcomes);
		List<Statement> statements = new ArrayList<>();
		if (RequiredActions.includeBatches(secrets, caller.region())) {
			// It knows no resources
			statements.add(Statement.allow(List.of(RequiredActions.BATCH_GET_SECRET_VALUE), List.of("*")));
		}
		statements.add(Statement.allow(List.of(RequiredActions.GET_SECRET_VALUE, RequiredActions.DESCRIBE_SECRET),
				resources.of(secrets)));
		KmsKeys kmsKeys = new KmsKeys();
		keys.forEach((selector, key) -> kmsKeys.add(key, resources.resource(selector)));
		statements.addAll(kmsKeys.statements());
		return new PermissionPolicy(statements);
	}

	/**
	 * Return this policy as the structure of its JSON document.
	 * @return maps, lists and texts
	 */
	public Map<String, Object> toDocument() {
		Map<String, Object> document = new LinkedHashMap<>();
		document.put("Version", "2012-10-17");
		document.put("Statement", this.statements.stream().map(Statement::toDocument).toList());
		return document;
	}

	/**
	 * Return this policy as JSON, for people to read.
	 * @return the document
	 */
	public String toJson() {
		return PolicyJson.write(toDocument());
	}

	/**
	 * One permission.
	 *
	 * @param actions the actions that are allowed
	 * @param resources what they are allowed on
	 * @param conditions when: texts by key, by operator
	 */
	public record Statement(List<String> actions, List<String> resources, Map<String, Map<String, String>> conditions) {

		public Statement {
			actions = List.copyOf(actions);
			resources = List.copyOf(resources);
		}

		static Statement allow(List<String> actions, List<String> resources) {
			return new Statement(actions, resources, Map.of());
		}

		private Map<String, Object> toDocument() {
			Map<String, Object> document = new LinkedHashMap<>();
			document.put("Effect", "Allow");
			document.put("Action", oneOrMany(this.actions));
			document.put("Resource", oneOrMany(this.resources));
			if (!this.conditions.isEmpty()) {
				document.put("Condition", this.conditions);
			}
			return document;
		}

		private static Object oneOrMany(List<String> texts) {
			return (texts.size() == 1) ? texts.get(0) : texts;
		}

	}

}
