package io.github.awssecrets.env;

import io.github.awssecrets.reference.ReferenceSyntax;
import io.github.awssecrets.reference.ReferenceSyntaxException;
import io.github.awssecrets.reference.ReferenceText;
import io.github.awssecrets.reference.ResolvedReference;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.PropertySource;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Says what is wrong with references that are refused before any secret is asked for.
 */
final class ReferenceProblems {

	private ReferenceProblems() {
	}

	static ReferenceProblem syntax(SourceProperty property, ReferenceSyntaxException ex) {
		return ReferenceProblem.of(property, null, sentence("Column %d: %s".formatted(ex.getColumn(), ex.getReason())),
				"Correct the reference.");
	}

	static ReferenceProblem syntax(ReferenceUse use, ReferenceSyntaxException ex) {
		return use.problem(sentence("Column %d: %s".formatted(use.column(), ex.getReason())), use.text().contains("${")
				? "Correct the reference, or what its placeholders yield." : "Correct the reference.");
	}

	static ReferenceProblem placeholder(ReferenceUse use, PlaceholderResolutionException ex) {
		boolean circular = isCircular(ex);
		return use.problem(
				(circular ? "The placeholder '%s' in the reference leads back to itself."
						: "The placeholder '%s' in the reference names no property.")
					.formatted(ex.getPlaceholder()),
				circular ? "Break the circle." : missingAction(ex));
	}

	static ReferenceProblem placeholder(SourceProperty property, PlaceholderResolutionException ex) {
		boolean circular = isCircular(ex);
		return ReferenceProblem.of(property, null,
				(circular ? "The placeholder '%s' leads back to itself." : "The placeholder '%s' names no property.")
					.formatted(ex.getPlaceholder()),
				circular ? "Break the circle." : missingAction(ex));
	}

	private static boolean isCircular(PlaceholderResolutionException ex) {
		return String.valueOf(ex.getMessage()).startsWith("Circular");
	}

	private static String missingAction(PlaceholderResolutionException ex) {
		return "Set the property, or write a default: ${%s:...}.".formatted(ex.getPlaceholder());
	}

	static ReferenceProblem chosenBySecret(ReferenceUse use, SourceProperty source) {
		return use.problem(
				"The content of a secret would choose this secret: a placeholder in the reference leads to "
						+ "property '%s', which comes from a secret itself.".formatted(source.name()),
				"Write the name of the secret in the reference, or take it from a property without reference.");
	}

	static ReferenceProblem chosenByUntrusted(ReferenceUse use, SourceProperty property) {
		return use.problem(
				"Not trusted: a placeholder in the reference leads to property '%s' in %s, which may not choose a secret."
					.formatted(property.displayName(), Locations.describe(property)),
				"Set the property in the application's own configuration.");
	}

	static ReferenceProblem circularDefault(ReferenceUse use) {
		return use.problem("The default of the reference leads back to the reference.", "Break the circle.");
	}

	static ReferenceProblem notTrusted(SecretUse use, PropertySource<?> source) {
		return use.problem(
				"Not trusted: %ss in property source '%s' are refused.".formatted(use.noun(), source.getName()),
				"Move the %s to the application's own configuration.".formatted(use.noun()));
	}

	static ReferenceProblem notAllowed(SecretUse use, ResolvedReference reference) {
		return use.problem(
				"Not allowed: no entry of aws.secrets.allowed matches '%s'.".formatted(reference.selector().id()),
				"Add one that does, or correct the %s.".formatted(use.noun()));
	}

	static ReferenceProblem disabled(ReferenceUse use) {
		return use.problem("References are not resolved, as aws.secrets.enabled is false.",
				"Set aws.secrets.enabled=true, or give property '%s' a value without reference."
					.formatted(use.property().name()));
	}

	static ReferenceProblem bootstrap(SecretUse use) {
		return use.problem("The bootstrap context reads it, before secrets can be retrieved.",
				"Let the application itself read it, or write the value itself, or take it from an environment "
						+ "variable: ${NAME}.");
	}

	static ReferenceProblem insideExpression(ReferenceUse use, SourceProperty annotation) {
		String property = use.property().name();
		boolean direct = use.property().equals(annotation);
		return ReferenceProblem.of(annotation, use.text(),
				"The content of a secret would become part of an expression #{...}.",
				"Read the property inside the expression: #{environment['%s']}."
					.formatted(direct ? "<name of a property with the reference>" : property));
	}

	static ReferenceProblem composed(SourceProperty property) {
		return ReferenceProblem.of(property, null,
				"A placeholder cannot be part of ${secret:...}, nor yield it: what that names must stand there literally.",
				"Write $<secret:name.key>, in which placeholders can choose the secret.");
	}

	static ReferenceProblem early(SourceProperty property, String prefix, ReferenceSyntax syntax) {
		return ReferenceProblem.of(property, firstReference(property, syntax),
				"A reference cannot stand here: %s is read before secrets can be retrieved.".formatted(prefix),
				NamedSecrets.isSetting(property.displayName())
						? "Write the name of the secret alone, without $<secret: and without a key."
						: "Write the value itself, or take it from an environment variable: ${NAME}.");
	}

	private static @Nullable String firstReference(SourceProperty property, ReferenceSyntax syntax) {
		try {
			return ReferenceText.parse(property.text(), syntax)
				.segments()
				.stream()
				.filter(ReferenceText.Reference.class::isInstance)
				.map((segment) -> ReferenceUse.of(property, (ReferenceText.Reference) segment).text())
				.findFirst()
				.orElse(null);
		}
		catch (ReferenceSyntaxException ex) {
			return null;
		}
	}

	private static String sentence(String text) {
		return text.endsWith(".") ? text : text + ".";
	}

}
