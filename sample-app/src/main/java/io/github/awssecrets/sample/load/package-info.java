/**
 * A steady load on the database that the sample brings along, so that people see what a
 * rotation does to requests. Entry point:
 * {@link io.github.awssecrets.sample.load.QueryLoad}.
 */
@NullMarked
package io.github.awssecrets.sample.load;

import org.jspecify.annotations.NullMarked;
