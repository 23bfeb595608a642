/**
 * Canary values for tests, and what finds them in anything that a test suite writes.
 * Tests take every secret value from {@link io.github.awssecrets.testing.Canary}.
 */
@NullMarked
package io.github.awssecrets.testing;

import org.jspecify.annotations.NullMarked;
