package io.github.awssecrets.sample.load;

/**
 * Published when a query of the load failed after others had been served.
 *
 * @param problem one sentence, without what the driver was given
 */
public record LoadFailedEvent(String problem) {
}
