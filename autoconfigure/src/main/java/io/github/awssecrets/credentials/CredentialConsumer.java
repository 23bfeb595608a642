package io.github.awssecrets.credentials;

import java.util.function.Consumer;

import org.springframework.core.style.ToStringCreator;

/**
 * Takes credentials for something that logs in with them: a set bound from properties,
 * which may refer to secrets. A singleton bean of this type is given the set that the
 * application has when the bean is initialized, and another one after each rotation that
 * changes it. All values of a set come from the same versions.
 * <p>
 * The calls come one after another, the later ones on a thread of the watcher, when the
 * beans have followed and before {@code SecretRotatedEvent} is published.
 *
 * @param <T> the type of a set: a record, or a class with setters
 */
public interface CredentialConsumer<T> {

	/**
	 * Return which properties a set is bound from.
	 * @return their prefix
	 */
	String prefix();

	/**
	 * Return the type of a set.
	 * @return the type, such as that of a record
	 */
	Class<T> type();

	/**
	 * Decide whether a new set can be taken, before anything in the application has its
	 * versions. Should return soon, and change nothing. Not called for the first set.
	 * @param credentials the set
	 * @throws RejectedCredentialsException if not: the versions are rejected, and the
	 * last good ones stay
	 */
	default void check(T credentials) {
	}

	/**
	 * Take a set. What is thrown for the first one fails the start; later, the set is
	 * offered again after the next poll.
	 * @param credentials the set
	 */
	void accept(T credentials);

	/**
	 * Return a consumer that takes every set.
	 * @param <T> the type of a set
	 * @param prefix the prefix of the properties
	 * @param type the type of a set
	 * @param action what to do with a set
	 * @return the consumer
	 */
	static <T> CredentialConsumer<T> of(String prefix, Class<T> type, Consumer<? super T> action) {
		return new CredentialConsumer<>() {

			@Override
			public String prefix() {
				return prefix;
			}

			@Override
			public Class<T> type() {
				return type;
			}

			@Override
			public void accept(T credentials) {
				action.accept(credentials);
			}

			@Override
			public String toString() {
				return new ToStringCreator(this).append("prefix", prefix).append("type", type).toString();
			}

		};
	}

}
