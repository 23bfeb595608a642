package io.github.awssecrets.sample.load;

/**
 * How many queries there were.
 *
 * @param served those that the database answered
 * @param failed those that it did not
 * @param logins the connections that served the first of their queries
 */
public record Counts(long served, long failed, long logins) {

	/** Nothing yet. */
	public static final Counts NONE = new Counts(0, 0, 0);

	/**
	 * Return what came after others.
	 * @param earlier the counts before
	 * @return the difference
	 */
	public Counts since(Counts earlier) {
		return new Counts(this.served - earlier.served, this.failed - earlier.failed, this.logins - earlier.logins);
	}

}
