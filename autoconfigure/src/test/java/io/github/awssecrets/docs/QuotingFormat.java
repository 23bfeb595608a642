package io.github.awssecrets.docs;

import java.util.Map;

/**
 * Loads an example the way the tool does that a format belongs to.
 */
@FunctionalInterface
interface QuotingFormat {

	/**
	 * Load an example.
	 * @param example the text of a fenced block
	 * @return the properties that the application receives, by name in lower case
	 * @throws Exception if the tool refuses the example
	 */
	Map<String, String> load(String example) throws Exception;

}
