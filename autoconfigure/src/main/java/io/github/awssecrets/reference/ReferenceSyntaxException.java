package io.github.awssecrets.reference;

/**
 * Thrown where a reference, or what one resolves to, breaks the rules for references. The
 * message says what is wrong and how to write it. It never shows a default, the text
 * around a reference, or what a placeholder yields.
 */
public class ReferenceSyntaxException extends RuntimeException {

	/**
	 * What {@link #getColumn()} answers where no column is known.
	 */
	public static final int UNKNOWN_COLUMN = 0;

	private static final long serialVersionUID = 1L;

	private final String reason;

	private final int column;

	/**
	 * Create an exception for something that has no place in a raw text, such as a
	 * resolved name.
	 * @param reason what is wrong and how to write it
	 */
	public ReferenceSyntaxException(String reason) {
		super(reason);
		this.reason = reason;
		this.column = UNKNOWN_COLUMN;
	}

	/**
	 * Create an exception for a place in a raw text. The column is appended to the
	 * message.
	 * @param reason what is wrong and how to write it
	 * @param column the place in the raw text, counted in {@code char}s from 1
	 */
	public ReferenceSyntaxException(String reason, int column) {
		super("%s (column %d)".formatted(reason, column));
		this.reason = reason;
		this.column = column;
	}

	/**
	 * Return what is wrong and how to write it.
	 * @return the message without the column
	 */
	public String getReason() {
		return this.reason;
	}

	/**
	 * Return the place in the raw text.
	 * @return the column, counted in {@code char}s from 1, or {@link #UNKNOWN_COLUMN}
	 */
	public int getColumn() {
		return this.column;
	}

}
