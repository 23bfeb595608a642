/**
 * An application as its operators see it: the endpoint, health, metrics and log, exactly.
 */
@NullMarked
package io.github.awssecrets.operator;

import org.jspecify.annotations.NullMarked;
