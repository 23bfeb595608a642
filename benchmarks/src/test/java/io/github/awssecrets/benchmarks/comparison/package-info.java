/**
 * What the starter costs next to Spring Cloud AWS: real processes on one embedded server,
 * measured in turns. The entry point is
 * {@link io.github.awssecrets.benchmarks.comparison.Comparison}.
 */
@NullMarked
package io.github.awssecrets.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
