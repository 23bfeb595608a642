package io.github.awssecrets.env;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.util.PlaceholderResolutionException;
import org.springframework.util.StringValueResolver;

/**
 * Resolves the texts of annotations that hold references, or lead to some through
 * placeholders, before Spring's own resolvers and its expression parser see them. What it
 * returns is escaped so that these hand on the values as they are. All other texts are
 * left to Spring.
 */
final class ValueAnnotationResolver implements StringValueResolver {

	private final SecretsEnvironment secrets;

	ValueAnnotationResolver(SecretsEnvironment secrets) {
		this.secrets = secrets;
	}

	@Override
	public String resolveStringValue(String text) {
		ResolvedText resolved = resolve(text);
		if (resolved == null) {
			return text;
		}
		SpringEscapes.requireDefaultCharacter();
		ExpressionPositions.requireNoSecretInside(resolved, SourceProperty.ofValueAnnotation(text));
		List<SecretValues.Part> parts = this.secrets.values().parts(resolved);
		this.secrets.used().add(resolved);
		ExpressionPositions.requireWellFormed(parts);
		return SpringEscapes.escapePlaceholders(SpringEscapes.escapeExpressions(parts));
	}

	/**
	 * Return where a text has content of secrets from.
	 * @param text the text of an annotation
	 * @return the properties that hold the references, if it is not the annotation
	 * itself, and the secrets, in words; {@code null} if there are no references
	 */
	@Nullable String describeSecrets(String text) {
		ResolvedText resolved = resolve(text);
		if (resolved == null || !resolved.hasReferences()) {
			return null;
		}
		Stream<String> properties = resolved.targets()
			.stream()
			.map((target) -> target.use().property())
			.filter((property) -> property.source() != null)
			.map((property) -> "%s in %s".formatted(property.displayName(), Locations.describe(property)));
		String secrets = new SecretOrigin(null, this.secrets.values().versions(resolved)).secrets();
		return Stream.concat(properties, Stream.of(secrets)).distinct().collect(Collectors.joining("; "));
	}

	/**
	 * Find the references of a text, and those that it leads to through placeholders.
	 * @param text the text of an annotation
	 * @return the text, or {@code null} if there are none
	 * @throws UnresolvedReferenceException if there is something wrong with them
	 */
	@Nullable ResolvedText resolve(String text) {
		boolean holding = this.secrets.resolver().syntax().mayContainReference(text);
		if (!holding && !text.contains("${")) {
			return null;
		}
		SourceProperty annotation = SourceProperty.ofValueAnnotation(text);
		this.secrets.suspiciousTexts().warnOfPlaceholder(annotation);
		try {
			ResolvedText resolved = this.secrets.resolver().resolveStrictly(annotation);
			return (holding || resolved.hasReferences()) ? resolved : null;
		}
		catch (PlaceholderResolutionException ex) {
			if (holding || leadsToReference(annotation)) {
				throw new UnresolvedReferenceException(ReferenceProblems.placeholder(annotation, ex));
			}
			return null;
		}
	}

	/**
	 * Return whether a text that cannot be resolved has content of secrets in it all the
	 * same. Spring, if left with it, might hand it on and evaluate it.
	 */
	private boolean leadsToReference(SourceProperty annotation) {
		try {
			return this.secrets.resolver().leadsToReference(annotation);
		}
		catch (PlaceholderResolutionException ex) {
			return false;
		}
	}

}
