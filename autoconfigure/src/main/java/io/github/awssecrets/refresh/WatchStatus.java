package io.github.awssecrets.refresh;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a watcher and its secrets at one moment. Holds no value.
 *
 * @param running whether it is started
 * @param idle whether there is nothing to watch
 * @param secrets the watched secrets
 * @param lastPoll when the last poll was started, or {@code null} if none was
 * @param nextPoll when the next poll is due, or {@code null} if none is
 * @param applyingSince when changes began to be applied, or {@code null} if none are
 * being applied
 * @param pollError the class of what the last poll failed with as a whole, or
 * {@code null} if it did not
 * @param polls the number of polls so far
 * @param applications the number of times that changes were handed over to be applied
 */
public record WatchStatus(boolean running, boolean idle, List<SecretStatus> secrets, @Nullable Instant lastPoll,
		@Nullable Instant nextPoll, @Nullable Instant applyingSince, @Nullable String pollError, long polls,
		long applications) {

	public WatchStatus {
		secrets = List.copyOf(secrets);
	}

}
