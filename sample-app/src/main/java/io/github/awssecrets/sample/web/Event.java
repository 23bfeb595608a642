package io.github.awssecrets.sample.web;

import java.time.Instant;

/**
 * Something that happened.
 *
 * @param number counts from 1
 * @param time when
 * @param text what, in words; it holds ids and names, never a value
 */
record Event(long number, Instant time, String text) {
}
