/**
 * What is fuzzed with Jazzer: each target takes bytes, and fails where a promise does not
 * hold. {@link io.github.awssecrets.fuzz.FuzzTarget} lists them;
 * {@code mvn verify -Pfuzz -Dfuzz=...} fuzzes one, and each build runs what was found so
 * far.
 */
@NullMarked
package io.github.awssecrets.fuzz;

import org.jspecify.annotations.NullMarked;
