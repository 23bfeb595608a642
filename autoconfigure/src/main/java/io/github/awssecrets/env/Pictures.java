package io.github.awssecrets.env;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The pictures of all properties that Spring Cloud takes before and after a refresh, on
 * the thread that refreshes. In them, constants stand for what cannot be read without a
 * failure or a retrieval, so that neither ends a refresh.
 */
final class Pictures {

	/** Stands for what has no value, or what nobody gets. */
	static final String NOT_READ = "(not read)";

	/** Stands for the value before of what an earlier refresh did not bring about. */
	static final String PENDING = "(pending)";

	/*
	 * Of this application only: an instance has a value for as long as a picture lasts.
	 */
	@SuppressWarnings("ThreadLocalUsage")
	private final ThreadLocal<Set<SourceProperty>> pending = new ThreadLocal<>();

	/**
	 * Begin a picture on this thread.
	 * @param pending the properties that are to differ from the next picture
	 */
	void begin(Set<SourceProperty> pending) {
		this.pending.set(Set.copyOf(pending));
	}

	/**
	 * End the picture on this thread.
	 * @return whether there was one
	 */
	boolean end() {
		boolean taken = areTaken();
		this.pending.remove();
		return taken;
	}

	/**
	 * Return whether a picture is taken on this thread.
	 */
	boolean areTaken() {
		return current() != null;
	}

	boolean isPending(SourceProperty property) {
		Set<SourceProperty> current = current();
		return current != null && current.contains(property);
	}

	private @Nullable Set<SourceProperty> current() {
		return this.pending.get();
	}

}
