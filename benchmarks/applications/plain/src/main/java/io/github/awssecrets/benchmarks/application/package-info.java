/**
 * The application that is measured with the starter, with the peer, and with neither. It
 * knows none of them. The entry point is
 * {@link io.github.awssecrets.benchmarks.application.MeasuredApplication}.
 */
@NullMarked
package io.github.awssecrets.benchmarks.application;

import org.jspecify.annotations.NullMarked;
