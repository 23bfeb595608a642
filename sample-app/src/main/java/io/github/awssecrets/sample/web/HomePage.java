package io.github.awssecrets.sample.web;

import java.util.List;

import io.github.awssecrets.sample.orders.DatabaseSession;
import io.github.awssecrets.sample.orders.Order;
import io.github.awssecrets.sample.payment.PaymentClient;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /} shows, as a page or as JSON. Names and version ids of secrets, and
 * what is not confidential, never a value.
 *
 * @param database what the database answered, or {@code null} if it did not
 * @param problem why it did not answer, or {@code null} if it did
 * @param secrets the versions of secrets that are in use
 * @param payment what the payment client works with
 * @param rotations the last rotations, the newest first
 */
record HomePage(@Nullable Database database, @Nullable String problem, List<SecretVersion> secrets,
		PaymentClient.State payment, List<Rotation> rotations) {

	/**
	 * What the database answered.
	 *
	 * @param session who it says that we are
	 * @param orders the latest orders
	 */
	record Database(DatabaseSession session, List<Order> orders) {
	}

}
