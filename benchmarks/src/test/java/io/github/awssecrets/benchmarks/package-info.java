/**
 * What references cost, measured with JMH. The entry point is
 * {@link io.github.awssecrets.benchmarks.Benchmarks}.
 */
@NullMarked
package io.github.awssecrets.benchmarks;

import org.jspecify.annotations.NullMarked;
