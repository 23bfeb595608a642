/**
 * Tests for the JUnit support of the embedded Secrets Manager.
 */
package io.github.awssecrets.embedded.junit;
