/**
 * A web application whose database credentials come from AWS Secrets Manager.
 */
@NullMarked
package io.github.awssecrets.sample;

import org.jspecify.annotations.NullMarked;
