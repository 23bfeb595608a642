package io.github.awssecrets.testing;

/**
 * One place where a canary value was found. Never holds the value itself.
 *
 * @param source the file or stream
 * @param offset the offset of the first byte, from 0
 * @param form how the value was written
 * @param context the text before the value on its line, at most {@value #CONTEXT_LENGTH}
 * characters
 */
public record CanaryFinding(String source, long offset, CanaryForm form, String context) {

	static final int CONTEXT_LENGTH = 60;

	/**
	 * Return this finding, as one of another source.
	 * @param source the file or stream
	 * @return the finding
	 */
	public CanaryFinding from(String source) {
		return new CanaryFinding(source, this.offset, this.form, this.context);
	}

	/**
	 * Return the finding as one line.
	 */
	@Override
	public String toString() {
		return "%s, offset %d, %s: %s<canary value>".formatted(this.source, this.offset, this.form, this.context);
	}

}
