/**
 * References in the Spring Environment: which of them count, what they resolve to, and
 * how their values reach every reader. The entry point is
 * {@link io.github.awssecrets.env.SecretsPropertySourceLocator}.
 */
@NullMarked
package io.github.awssecrets.env;

import org.jspecify.annotations.NullMarked;
