/**
 * Tests for the embedded Secrets Manager, through the AWS SDK's own client where they are
 * about what a client sees.
 */
package io.github.awssecrets.embedded;
