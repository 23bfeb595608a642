package io.github.awssecrets.reference;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The key of a reference as a user writes it, with placeholders still in it. What the
 * forms mean is decided by what stands in the reference, never by what a placeholder
 * yields.
 */
public sealed interface KeyTemplate {

	/**
	 * Return whether there is no placeholder in this key.
	 * @return whether this key always resolves to the same selector
	 */
	boolean isLiteral();

	/**
	 * Return the key with its placeholders replaced.
	 * @param placeholders called once for each placeholder, in order, with the
	 * placeholder as written
	 * @return the key
	 * @throws ReferenceSyntaxException if the key resolves to an empty text
	 */
	KeySelector resolve(UnaryOperator<String> placeholders);

	/**
	 * The whole secret: no key, or {@code #} alone.
	 */
	record Whole() implements KeyTemplate {

		@Override
		public boolean isLiteral() {
			return true;
		}

		@Override
		public KeySelector resolve(UnaryOperator<String> placeholders) {
			return new KeySelector.Whole();
		}

	}

	/**
	 * The key after the dot, as in {@code db.credentials.users[0]}.
	 *
	 * @param steps the steps between the dots, at least one
	 */
	record Dotted(List<Step> steps) implements KeyTemplate {

		public Dotted {
			steps = List.copyOf(steps);
			if (steps.isEmpty() || (steps.size() == 1 && steps.get(0).isEmpty())) {
				throw new ReferenceSyntaxException("The key is empty");
			}
		}

		@Override
		public boolean isLiteral() {
			return this.steps.stream().allMatch((step) -> step.name().isLiteral());
		}

		@Override
		public KeySelector resolve(UnaryOperator<String> placeholders) {
			return new KeySelector.Dotted(this.steps.stream()
				.map((step) -> new KeySelector.Step(step.name().resolve(placeholders), step.indexes()))
				.toList());
		}

	}

	/**
	 * One step of a dotted key: a name, and the indexes after it.
	 *
	 * @param name the name, which may be empty
	 * @param indexes the indexes of {@code [0][1]}, from 0
	 */
	record Step(Template name, List<Integer> indexes) {

		public Step {
			indexes = KeySelector.Step.requireIndexes(indexes);
		}

		boolean isEmpty() {
			return this.name.isEmpty() && this.indexes.isEmpty();
		}

	}

	/**
	 * The JSON pointer after {@code #}, as in {@code db#/credentials/users/0}.
	 *
	 * @param tokens the reference tokens, at least one, free of {@code ~0} and {@code ~1}
	 */
	record Pointer(List<Template> tokens) implements KeyTemplate {

		public Pointer {
			tokens = List.copyOf(tokens);
			if (tokens.isEmpty()) {
				throw new ReferenceSyntaxException("The pointer is empty");
			}
		}

		@Override
		public boolean isLiteral() {
			return this.tokens.stream().allMatch(Template::isLiteral);
		}

		@Override
		public KeySelector resolve(UnaryOperator<String> placeholders) {
			return new KeySelector.Pointer(this.tokens.stream().map((token) -> token.resolve(placeholders)).toList());
		}

	}

	/**
	 * The name of a top-level key after {@code #}, as in {@code db#pass.word}.
	 *
	 * @param name the name; not empty
	 */
	record Exact(Template name) implements KeyTemplate {

		public Exact {
			if (name.isEmpty()) {
				throw new ReferenceSyntaxException("The key is empty");
			}
		}

		@Override
		public boolean isLiteral() {
			return this.name.isLiteral();
		}

		@Override
		public KeySelector resolve(UnaryOperator<String> placeholders) {
			return new KeySelector.Exact(this.name.resolve(placeholders));
		}

	}

}
