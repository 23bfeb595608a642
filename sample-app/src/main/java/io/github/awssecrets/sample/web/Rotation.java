package io.github.awssecrets.sample.web;

import java.time.Instant;
import java.util.List;

/**
 * A rotation that has reached the application.
 *
 * @param time when it did
 * @param secretId the name or ARN of the secret
 * @param versionId the version that is in use since then
 * @param properties the names of the properties that changed, sorted
 */
record Rotation(Instant time, String secretId, String versionId, List<String> properties) {

	Rotation {
		properties = List.copyOf(properties);
	}

}
