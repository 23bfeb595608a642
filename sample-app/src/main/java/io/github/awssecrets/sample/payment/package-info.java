/**
 * What an application does with secrets that it reads itself: typed properties and a
 * single value. Entry point: {@link io.github.awssecrets.sample.payment.PaymentClient}.
 */
@NullMarked
package io.github.awssecrets.sample.payment;

import org.jspecify.annotations.NullMarked;
