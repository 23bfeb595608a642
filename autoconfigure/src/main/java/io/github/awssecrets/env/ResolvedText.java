package io.github.awssecrets.env;

import java.util.List;
import java.util.stream.Stream;

import io.github.awssecrets.reference.ResolvedReference;
import org.jspecify.annotations.Nullable;

/**
 * A text after its placeholders are resolved: literal text, and the references that are
 * effective in it. No secret has been asked for yet.
 *
 * @param pieces the pieces in order
 */
record ResolvedText(List<Piece> pieces) {

	ResolvedText {
		pieces = List.copyOf(pieces);
	}

	boolean hasReferences() {
		return this.pieces.stream().anyMatch(Target.class::isInstance);
	}

	/**
	 * Return the references of this text, and those that their defaults lead to.
	 * @return the references in order
	 */
	Stream<Target> targets() {
		return this.pieces.stream().flatMap((piece) -> {
			if (!(piece instanceof Target target)) {
				return Stream.empty();
			}
			return (target.defaultText() == null) ? Stream.of(target)
					: Stream.concat(Stream.of(target), target.defaultText().targets());
		});
	}

	/**
	 * A piece of a text.
	 */
	sealed interface Piece permits Literal, Target {

	}

	/**
	 * Literal text, as the reader is to get it. Not shown, as it may be a default, and so
	 * a password.
	 */
	record Literal(String text) implements Piece {

		@Override
		public String toString() {
			return "Literal[***]";
		}

	}

	/**
	 * A reference and what it leads to: a secret, or a problem that is known before any
	 * secret is asked for.
	 *
	 * @param use the reference where it stands
	 * @param reference what it asks for, or {@code null} if there is a problem
	 * @param problem the problem, or {@code null} if there is none
	 * @param defaultText the default, or {@code null} if there is none
	 */
	record Target(ReferenceUse use, @Nullable ResolvedReference reference, @Nullable ReferenceProblem problem,
			@Nullable ResolvedText defaultText) implements Piece {

		@Override
		public String toString() {
			return "Target[%s]".formatted(this.use);
		}

	}

}
