package io.github.awssecrets.sample.orders;

import java.time.LocalDate;

/**
 * A row of the orders table.
 *
 * @param id the primary key
 * @param item what was ordered
 * @param quantity how many, at least one
 * @param orderedOn the day of the order
 */
public record Order(long id, String item, int quantity, LocalDate orderedOn) {
}
