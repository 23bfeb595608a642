package io.github.awssecrets.embedded;

import java.util.List;

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

	static final Policy ALLOW_ALL = new Policy(
			List.of(new Statement(true, Matcher.any(Wildcard.exact("*")), Matcher.any(Wildcard.exact("*")))));

	Policy {
		statements = List.copyOf(statements);
	}

	Decision decide(String action, String resource) {
		Decision decision = Decision.NOT_ALLOWED;
		for (Statement statement : this.statements) {
			if (statement.appliesTo(action, resource)) {
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
	 */
	record Statement(boolean allow, Matcher actions, Matcher resources) {

		boolean appliesTo(String action, String resource) {
			return this.actions.matches(action) && this.resources.matches(resource);
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
