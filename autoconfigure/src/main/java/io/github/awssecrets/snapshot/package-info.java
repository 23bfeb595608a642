/**
 * The secret versions that an application answers from. The entry point is
 * {@link io.github.awssecrets.snapshot.SecretSnapshots}.
 */
@NullMarked
package io.github.awssecrets.snapshot;

import org.jspecify.annotations.NullMarked;
