package io.github.awssecrets.actuate;

import io.github.awssecrets.env.ReferenceProblem;
import org.jspecify.annotations.Nullable;

/**
 * A reference, import or setting that has no value.
 *
 * @param property the name of the property
 * @param origin where it was written
 * @param reference the reference as written, its default hidden, or {@code null} if the
 * text is not one
 * @param error what is wrong
 * @param action what to do about it
 */
public record UnresolvedDescriptor(String property, String origin, @Nullable String reference, String error,
		String action) {

	static UnresolvedDescriptor of(ReferenceProblem problem) {
		return new UnresolvedDescriptor(problem.property(), problem.location(), problem.reference(),
				problem.description(), problem.action().replaceAll("\\R\\s*", " "));
	}

}
