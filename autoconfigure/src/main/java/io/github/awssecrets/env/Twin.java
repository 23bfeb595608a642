package io.github.awssecrets.env;

import org.springframework.core.env.PropertySource;

/**
 * Marks the property sources that are ours: they hold resolved values, just before the
 * source that holds the references.
 */
interface Twin {

	/**
	 * Return the name of the twin of a source. It ends like that of the source, from
	 * which Boot tells the system environment and its relaxed names.
	 * @param origin the source
	 * @return the name
	 */
	static String nameFor(PropertySource<?> origin) {
		return "awsSecretsTwin-" + origin.getName();
	}

}
