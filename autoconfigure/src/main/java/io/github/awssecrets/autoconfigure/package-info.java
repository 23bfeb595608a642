/**
 * What Spring Boot configures by itself: the beans, and the analyzers that explain
 * failures. The entry point is
 * {@link io.github.awssecrets.autoconfigure.AwsSecretsAutoConfiguration}.
 */
@NullMarked
package io.github.awssecrets.autoconfigure;

import org.jspecify.annotations.NullMarked;
