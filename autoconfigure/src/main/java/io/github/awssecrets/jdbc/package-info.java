/**
 * Connection pools whose credentials follow rotations. The entry point is
 * {@link io.github.awssecrets.jdbc.HikariPoolPostProcessor}; all that a login decides is
 * in {@code LoginAttempts}.
 */
@NullMarked
package io.github.awssecrets.jdbc;

import org.jspecify.annotations.NullMarked;
