/**
 * Tests for the rotators.
 */
package io.github.awssecrets.embedded.rotation;
