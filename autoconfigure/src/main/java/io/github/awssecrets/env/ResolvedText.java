package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.List;

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
		for (Piece piece : this.pieces) {
			if (piece instanceof Target) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return the references of this text, and those that their defaults lead to.
	 * @return the references in order
	 */
	List<Target> targets() {
		List<Target> targets = new ArrayList<>(1);
		for (Piece piece : this.pieces) {
			if (piece instanceof Target target) {
				targets.add(target);
				if (target.defaultText() != null) {
					targets.addAll(target.defaultText().targets());
				}
			}
		}
		return targets;
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
