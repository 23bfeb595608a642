package io.github.awssecrets.sample.load;

import java.time.Instant;

/**
 * A query of the load.
 *
 * @param number counts from 1
 * @param time when it ended
 * @param millis how long it took, waiting for a connection included
 * @param served whether the database answered
 */
public record Query(long number, Instant time, double millis, boolean served) {
}
