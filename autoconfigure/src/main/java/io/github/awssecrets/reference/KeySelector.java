package io.github.awssecrets.reference;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The part of a secret that a reference wants. Its {@code toString()} is the key as
 * people write it, free of escapes.
 */
public sealed interface KeySelector {

	/**
	 * Return this key in words.
	 * @return such as {@code key 'password'}
	 */
	String describe();

	/**
	 * The whole secret: its text, or the Base64 of a binary secret.
	 */
	record Whole() implements KeySelector {

		@Override
		public String describe() {
			return "the whole secret";
		}

		@Override
		public String toString() {
			return "";
		}

	}

	/**
	 * A dotted key: first the top-level key that has exactly this {@link #name()}, then
	 * the path of the steps.
	 *
	 * @param steps the steps of the path, at least one
	 */
	record Dotted(List<Step> steps) implements KeySelector {

		public Dotted {
			steps = List.copyOf(steps);
			if (steps.isEmpty() || (steps.size() == 1 && steps.get(0).toString().isEmpty())) {
				throw new ReferenceSyntaxException("The key is empty");
			}
		}

		/**
		 * Return the key as one name.
		 * @return the steps, joined by dots
		 */
		public String name() {
			return (this.steps.size() == 1) ? this.steps.get(0).toString()
					: this.steps.stream().map(Step::toString).collect(Collectors.joining("."));
		}

		@Override
		public String describe() {
			return "key '%s'".formatted(name());
		}

		@Override
		public String toString() {
			return name();
		}

	}

	/**
	 * One step of a path: the name of a key, then indexes into arrays. A step with
	 * indexes and an empty name stays at the value that the step before it reached.
	 *
	 * @param name the name of a key
	 * @param indexes the indexes, from 0
	 */
	record Step(String name, List<Integer> indexes) {

		public Step {
			indexes = requireIndexes(indexes);
		}

		static List<Integer> requireIndexes(List<Integer> indexes) {
			for (int index : indexes) {
				if (index < 0 || index > ArrayIndex.MAXIMUM) {
					throw new IllegalArgumentException("An index lies between 0 and %d".formatted(ArrayIndex.MAXIMUM));
				}
			}
			return List.copyOf(indexes);
		}

		@Override
		public String toString() {
			return this.indexes.isEmpty() ? this.name
					: this.name + this.indexes.stream().map("[%d]"::formatted).collect(Collectors.joining());
		}

	}

	/**
	 * A JSON pointer as defined by RFC 6901.
	 *
	 * @param tokens the reference tokens, at least one, free of escapes
	 */
	record Pointer(List<String> tokens) implements KeySelector {

		public Pointer {
			tokens = List.copyOf(tokens);
			if (tokens.isEmpty()) {
				throw new ReferenceSyntaxException("The pointer is empty");
			}
		}

		@Override
		public String describe() {
			return "pointer '%s'".formatted(this);
		}

		@Override
		public String toString() {
			return this.tokens.stream().map((token) -> "/" + PointerToken.escape(token)).collect(Collectors.joining());
		}

	}

	/**
	 * Exactly one top-level key.
	 *
	 * @param name the name of the key; not empty
	 */
	record Exact(String name) implements KeySelector {

		public Exact {
			if (name.isEmpty()) {
				throw new ReferenceSyntaxException("The key is empty");
			}
		}

		@Override
		public String describe() {
			return "key '%s'".formatted(this.name);
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

}
