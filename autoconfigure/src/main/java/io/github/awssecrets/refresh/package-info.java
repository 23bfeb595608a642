/**
 * Follows rotations: retrieves secrets again and again, decides which new versions are
 * accepted, stages them and has them applied. The entry point is
 * {@link io.github.awssecrets.refresh.SecretsWatcher}.
 */
@NullMarked
package io.github.awssecrets.refresh;

import org.jspecify.annotations.NullMarked;
