package io.github.awssecrets.testing;

/**
 * A system property that has another value for as long as this object is open. For tests
 * of what the AWS SDK and Spring read from there; not for tests that run in parallel.
 */
public final class SystemProperty implements AutoCloseable {

	private final String name;

	private final String before;

	/**
	 * Set a system property.
	 * @param name the name
	 * @param value the value
	 */
	public SystemProperty(String name, String value) {
		this.name = name;
		this.before = System.setProperty(name, value);
	}

	@Override
	public void close() {
		if (this.before != null) {
			System.setProperty(this.name, this.before);
		}
		else {
			System.clearProperty(this.name);
		}
	}

}
