package io.github.awssecrets.sample.load;

/**
 * Published when a query of the load was served after others had failed.
 */
public record LoadRecoveredEvent() {
}
