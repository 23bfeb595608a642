/**
 * Proofs under faults: a {@link io.github.awssecrets.chaos.Schedule} of random faults is
 * run against the real retrieval, snapshots and watcher, and
 * {@linkplain io.github.awssecrets.chaos.Invariant what must always hold} is checked
 * after each step. A schedule comes from a seed, shrinks when it fails, and is replayed
 * by {@code -Dseed=...}.
 */
@NullMarked
package io.github.awssecrets.chaos;

import org.jspecify.annotations.NullMarked;
