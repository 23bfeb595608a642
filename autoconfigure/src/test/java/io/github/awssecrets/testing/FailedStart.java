package io.github.awssecrets.testing;

import org.springframework.boot.test.system.CapturedOutput;

/**
 * The start of an application that failed.
 *
 * @param exception what the start threw
 * @param output what was written to the standard streams meanwhile
 */
public record FailedStart(Throwable exception, String output) {

	private static final String HEADING = """
			***************************
			APPLICATION FAILED TO START
			***************************

			Description:

			""";

	/**
	 * Start an application that has to fail.
	 * @param application the application
	 * @param output captures the standard streams
	 * @return the failure
	 */
	public static FailedStart of(TestApplication application, CapturedOutput output) {
		int before = output.getAll().length();
		try {
			application.run().close();
		}
		catch (Exception ex) {
			return new FailedStart(ex, output.getAll().substring(before));
		}
		throw new AssertionError("The application started");
	}

	/**
	 * Return what Spring Boot reported for people.
	 * @return the description and the action, without the headings before them
	 */
	public String report() {
		String text = this.output.replace("\r\n", "\n");
		int start = text.indexOf(HEADING);
		if (start == -1 || text.indexOf(HEADING, start + 1) != -1) {
			throw new AssertionError("There is not one report");
		}
		return text.substring(start + HEADING.length()).strip() + "\n";
	}

}
