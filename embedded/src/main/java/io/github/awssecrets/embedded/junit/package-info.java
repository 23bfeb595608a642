/**
 * JUnit support for the embedded Secrets Manager. The entry points are
 * {@link io.github.awssecrets.embedded.junit.EmbeddedSecrets @EmbeddedSecrets} and
 * {@link io.github.awssecrets.embedded.junit.SecretsServerExtension}.
 */
@NullMarked
package io.github.awssecrets.embedded.junit;

import org.jspecify.annotations.NullMarked;
