package io.github.awssecrets.env;

import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The pictures of all properties that Spring Cloud takes before and after a refresh, and
 * that people look at, on the thread that takes them. In them, constants stand for what
 * cannot be read without a failure or a retrieval, and for what people must not see, so
 * that a picture can always be taken.
 */
final class Pictures {

	/** Stands for what has no value, or what nobody gets. */
	static final String NOT_READ = "(not read)";

	/** Stands for the value before of what an earlier refresh did not bring about. */
	static final String PENDING = "(pending)";

	/** Stands for what people must not see. */
	static final String MASKED = "******";

	/*
	 * Of this application only: an instance has a value for as long as a picture lasts.
	 */
	@SuppressWarnings("ThreadLocalUsage")
	private final ThreadLocal<Picture> picture = new ThreadLocal<>();

	/**
	 * Begin a picture on this thread.
	 * @param pending the properties that are to differ from the next picture
	 */
	void begin(Set<SourceProperty> pending) {
		this.picture.set(new Picture(pending, false));
	}

	/**
	 * End the picture on this thread.
	 * @return whether there was one
	 */
	boolean end() {
		boolean taken = areTaken();
		this.picture.remove();
		return taken;
	}

	/**
	 * Take a picture for people on this thread.
	 * @param <T> the type of the result
	 * @param taking reads the properties
	 * @return what that returned
	 */
	<T> T masked(Supplier<T> taking) {
		Picture around = current();
		this.picture.set(new Picture(Set.of(), true));
		try {
			return taking.get();
		}
		finally {
			if (around != null) {
				this.picture.set(around);
			}
			else {
				this.picture.remove();
			}
		}
	}

	/**
	 * Return whether a picture is taken on this thread.
	 */
	boolean areTaken() {
		return current() != null;
	}

	/**
	 * Return whether the picture taken on this thread, if any, is one for people.
	 */
	boolean areMasked() {
		Picture current = current();
		return current != null && current.masked();
	}

	boolean isPending(SourceProperty property) {
		Picture current = current();
		return current != null && current.pending().contains(property);
	}

	private @Nullable Picture current() {
		return this.picture.get();
	}

	/**
	 * A picture that is taken.
	 */
	private record Picture(Set<SourceProperty> pending, boolean masked) {

		Picture {
			pending = Set.copyOf(pending);
		}

	}

}
