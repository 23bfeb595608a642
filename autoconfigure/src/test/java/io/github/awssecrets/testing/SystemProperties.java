package io.github.awssecrets.testing;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Other system properties for a while, for tests of what the AWS SDK and Spring read from
 * there. Not for tests that run in parallel.
 */
public final class SystemProperties {

	private SystemProperties() {
	}

	/**
	 * Do something while system properties have other values.
	 * @param <T> the type of the result
	 * @param properties the properties to set
	 * @param action what to do
	 * @return the result
	 */
	public static <T> T during(Map<String, String> properties, Supplier<T> action) {
		Map<String, @Nullable String> before = new HashMap<>();
		properties.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
		try {
			return action.get();
		}
		finally {
			before.forEach(SystemProperties::restore);
		}
	}

	private static void restore(String name, @Nullable String value) {
		if (value != null) {
			System.setProperty(name, value);
		}
		else {
			System.clearProperty(name);
		}
	}

}
