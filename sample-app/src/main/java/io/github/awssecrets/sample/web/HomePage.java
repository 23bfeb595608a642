package io.github.awssecrets.sample.web;

import java.util.List;
import java.util.Map;

import io.github.awssecrets.sample.orders.DatabaseSession;
import io.github.awssecrets.sample.orders.Order;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /} shows, as a page or as JSON. Names and version ids of secrets, never
 * a value.
 *
 * @param database what the database answered, or {@code null} if it did not
 * @param problem why it did not answer, or {@code null} if it did
 * @param secrets the versions of secrets that are in use
 * @param payment whether the payment client has a value, by setting
 */
record HomePage(@Nullable Database database, @Nullable String problem, List<SecretVersion> secrets,
		Map<String, Boolean> payment) {

	/**
	 * What the database answered.
	 *
	 * @param session who it says that we are
	 * @param orders the latest orders
	 */
	record Database(DatabaseSession session, List<Order> orders) {
	}

}
