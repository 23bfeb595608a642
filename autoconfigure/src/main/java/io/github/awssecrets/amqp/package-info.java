/**
 * Connections to RabbitMQ whose credentials follow rotations. The entry point is
 * {@link io.github.awssecrets.amqp.RabbitConnectionPostProcessor}.
 */
@NullMarked
package io.github.awssecrets.amqp;

import org.jspecify.annotations.NullMarked;
