package io.github.awssecrets.sample.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.awssecrets.sample.load.Query;

/**
 * What changes while one looks at the page.
 *
 * @param instance another one after a restart of the application
 * @param now the time
 * @param rotating whether a rotation of the database's secret is under way
 * @param texts the texts by their places
 * @param queries the queries that are new
 * @param marks the rotations in the plot, the newest first
 * @param events what happened last, the newest first
 */
record Live(long instance, Instant now, boolean rotating, Map<String, String> texts, List<Query> queries,
		List<Mark> marks, List<Event> events) {

	/**
	 * A mark in the plot.
	 *
	 * @param secretId the secret that is rotated
	 * @param from where it begins
	 * @param to where it ends
	 * @param label what it means
	 */
	record Mark(String secretId, Instant from, Instant to, String label) {
	}

}
