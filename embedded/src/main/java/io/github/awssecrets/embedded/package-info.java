/**
 * An in-process AWS Secrets Manager for development and tests.
 */
@NullMarked
package io.github.awssecrets.embedded;

import org.jspecify.annotations.NullMarked;
