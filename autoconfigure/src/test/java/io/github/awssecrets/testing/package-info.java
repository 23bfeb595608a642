/**
 * Canary values for tests, and what finds them in anything that a test suite writes.
 * <p>
 * Tests take every secret value from {@link io.github.awssecrets.testing.Canary}. While
 * they run, {@link io.github.awssecrets.testing.CanaryListener} watches the JVM, without
 * any code in the tests; at the end of a module's build,
 * {@link io.github.awssecrets.testing.CanaryCheck} scans the files in {@code target} and
 * fails the build for whatever was found. Tests that start processes pass their output to
 * {@link io.github.awssecrets.testing.CanaryScanner}. Another module joins with this
 * module's test jar as a dependency of its tests, and the {@code exec-maven-plugin} after
 * failsafe in its pom.
 * <p>
 * Nothing of this looks into archives, compressed files, or directories outside the
 * module.
 */
@NullMarked
package io.github.awssecrets.testing;

import org.jspecify.annotations.NullMarked;
