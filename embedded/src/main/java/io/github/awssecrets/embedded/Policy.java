package io.github.awssecrets.embedded;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An identity-based IAM policy: what is not allowed is denied, and a denial wins over
 * every permission.
 *
 * @param statements the statements
 * @see <a href=
 * "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">
 * Policy evaluation logic</a>
 */
record Policy(List<Statement> statements) {

	static final Policy ALLOW_ALL = new Policy(List
		.of(new Statement(true, Matcher.any(Wildcard.exact("*")), Matcher.any(Wildcard.exact("*")), List.of())));

	Policy {
		statements = List.copyOf(statements);
	}

	Decision decide(String action, String resource) {
		return decide(action, resource, Map.of());
	}

	/**
	 * Decides on an action.
	 * @param action the action
	 * @param resource the resource
	 * @param context what conditions can ask about: values, by key in lower case
	 */
	Decision decide(String action, String resource, Map<String, Set<String>> context) {
		Decision decision = Decision.NOT_ALLOWED;
		for (Statement statement : this.statements) {
			if (statement.appliesTo(action, resource, context)) {
				if (!statement.allow()) {
					return Decision.DENIED;
				}
				decision = Decision.ALLOWED;
			}
		}
		return decision;
	}

	/**
	 * What a policy says about one action on one resource.
	 */
	enum Decision {

		ALLOWED, NOT_ALLOWED, DENIED

	}

	/**
	 * One statement of a policy.
	 *
	 * @param allow whether it allows, rather than denies
	 * @param actions the actions it is about
	 * @param resources the resources it is about
	 * @param conditions what must be the case, too
	 */
	record Statement(boolean allow, Matcher actions, Matcher resources, List<Condition> conditions) {

		Statement {
			conditions = List.copyOf(conditions);
		}

		boolean appliesTo(String action, String resource, Map<String, Set<String>> context) {
			return this.actions.matches(action) && this.resources.matches(resource)
					&& this.conditions.stream().allMatch((condition) -> condition.holds(context));
		}

	}

	/**
	 * That one of the values that a call has for a key is among others.
	 *
	 * @param key the key, in lower case, as IAM ignores its case
	 * @param values the values
	 */
	record Condition(String key, Set<String> values) {

		Condition {
			values = Set.copyOf(values);
		}

		boolean holds(Map<String, Set<String>> context) {
			return context.getOrDefault(this.key, Set.of()).stream().anyMatch(this.values::contains);
		}

	}

	/**
	 * A list of patterns, or all but those ({@code NotAction}, {@code NotResource}).
	 *
	 * @param patterns the patterns
	 * @param inverted whether it is about all but those
	 */
	record Matcher(List<Wildcard> patterns, boolean inverted) {

		Matcher {
			patterns = List.copyOf(patterns);
		}

		static Matcher any(Wildcard... patterns) {
			return new Matcher(List.of(patterns), false);
		}

		boolean matches(String text) {
			return this.patterns.stream().anyMatch((pattern) -> pattern.matches(text)) != this.inverted;
		}

	}

}
