/**
 * What an application does with its database. It knows nothing of secrets. Entry point:
 * {@link io.github.awssecrets.sample.orders.OrderRepository}.
 */
@NullMarked
package io.github.awssecrets.sample.orders;

import org.jspecify.annotations.NullMarked;
