package io.github.awssecrets.env;

import io.github.awssecrets.reference.ResolvedReference;
import org.jspecify.annotations.Nullable;

/**
 * A place in the configuration that asks for a secret: a reference, or an import.
 */
interface SecretUse {

	/**
	 * Return the property that asks.
	 * @return the property
	 */
	SourceProperty property();

	/**
	 * Return what people call such a place.
	 * @return a noun
	 */
	String noun();

	/**
	 * Return how else the name of the secret could have been meant.
	 * @param reference what is asked for
	 * @return a sentence, or {@code null} if it is clear
	 */
	@Nullable String otherReading(ResolvedReference reference);

	/**
	 * Return a problem of this place.
	 * @param description what is wrong
	 * @param action what to do about it
	 * @return the problem
	 */
	ReferenceProblem problem(String description, String action);

}
