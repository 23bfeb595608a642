/**
 * An in-process AWS Secrets Manager for development and tests. Start one with
 * {@link io.github.awssecrets.embedded.SecretsServer#start()}.
 */
@NullMarked
package io.github.awssecrets.embedded;

import org.jspecify.annotations.NullMarked;
