package io.github.awssecrets.reference;

import java.util.List;

/**
 * The answer to a look-up of a key in the content of a secret: the value, or why there is
 * none. Only {@link Found} holds anything of the secret but names of keys.
 */
public sealed interface KeyResult {

	/**
	 * Return whether the key does not exist, so that the default of a reference applies.
	 * All else that is not a value is a fault, which a default must not hide.
	 * @return whether the key does not exist or is {@code null}
	 */
	default boolean isMissing() {
		return false;
	}

	/**
	 * The value.
	 *
	 * @param value the text of a JSON string, or the JSON text of anything else exactly
	 * as it stands in the secret
	 */
	record Found(String value) implements KeyResult {

		@Override
		public String toString() {
			return "Found[value=***]";
		}

	}

	/**
	 * There is no such key.
	 *
	 * @param parent the key under which it was looked for, as a dotted key or pointer;
	 * empty for the top level
	 * @param name the name that does not exist
	 * @param available the names of the keys there are, in natural order
	 */
	record NoSuchKey(String parent, String name, List<String> available) implements KeyResult {

		public NoSuchKey {
			available = List.copyOf(available);
		}

		@Override
		public boolean isMissing() {
			return true;
		}

	}

	/**
	 * The value, or one on the way to it, is {@code null}.
	 *
	 * @param at the key that is {@code null}
	 */
	record NullValue(String at) implements KeyResult {

		@Override
		public boolean isMissing() {
			return true;
		}

	}

	/**
	 * The array has too few elements.
	 *
	 * @param at the key of the array; empty for the top level
	 * @param index the index that was asked for, from 0
	 * @param size the number of elements
	 */
	record IndexOutOfRange(String at, int index, int size) implements KeyResult {

		@Override
		public boolean isMissing() {
			return true;
		}

	}

	/**
	 * What was asked for a key is not an object.
	 *
	 * @param at the key of what is not an object; empty for the top level
	 */
	record NotAnObject(String at) implements KeyResult {

	}

	/**
	 * What was asked for an element is not an array.
	 *
	 * @param at the key of what is not an array; empty for the top level
	 */
	record NotAnArray(String at) implements KeyResult {

	}

	/**
	 * The secret is a text that is not JSON, and so has no keys.
	 */
	record NotJson() implements KeyResult {

	}

	/**
	 * The secret is binary, and so has no keys.
	 */
	record Binary() implements KeyResult {

	}

	/**
	 * The secret starts like JSON but is not JSON.
	 *
	 * @param reason what is wrong and where; nothing of the secret but the name of a key
	 */
	record Malformed(String reason) implements KeyResult {

	}

}
