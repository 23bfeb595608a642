package io.github.awssecrets.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.github.awssecrets.env.ReferenceProblem;
import io.github.awssecrets.env.UnresolvedReferenceException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains which references could not be resolved, where each was written, why, and what
 * to do.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnresolvedReferenceFailureAnalyzer extends AbstractFailureAnalyzer<UnresolvedReferenceException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnresolvedReferenceException cause) {
		List<ReferenceProblem> problems = cause.getProblems();
		List<String> description = new ArrayList<>();
		List<String> action = new ArrayList<>();
		description.add((problems.size() == 1) ? "A secret reference could not be resolved:"
				: "%d secret references could not be resolved:".formatted(problems.size()));
		description.add("");
		for (int i = 0; i < problems.size(); i++) {
			String number = "%d. ".formatted(i + 1);
			describe(number, problems.get(i), description);
			action.add(number + problems.get(i).action());
		}
		action.add("");
		action.add("To start with what can be resolved, set aws.secrets.fail-fast=false.");
		return new FailureAnalysis(String.join(System.lineSeparator(), description).stripTrailing(),
				String.join(System.lineSeparator(), action), cause);
	}

	private static void describe(String number, ReferenceProblem problem, List<String> lines) {
		String indent = " ".repeat(number.length());
		lines.add("%s%s  in %s".formatted(number, problem.property(), problem.location()));
		if (problem.reference() != null) {
			lines.add(indent + problem.reference());
		}
		lines.add(indent + problem.description());
		lines.add("");
	}

}
