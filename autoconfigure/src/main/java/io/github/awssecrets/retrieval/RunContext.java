package io.github.awssecrets.retrieval;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * What the runs of one {@link SecretRetrieval} share.
 *
 * @param regions the Regions
 * @param callTimeout the longest that a single call may take
 * @param timing the time
 * @param backoff the pauses between repeated calls
 * @param batches runs the batches
 * @param singles runs everything else
 * @param listener is told of each call
 * @param memories what earlier runs learned about each Region
 */
record RunContext(Regions regions, Duration callTimeout, Timing timing, Backoff backoff, Executor batches,
		Executor singles, RetrievalListener listener, Map<String, RegionMemory> memories) {

	RunContext(Regions regions, Duration callTimeout, Timing timing, Backoff backoff, Executor batches,
			Executor singles, RetrievalListener listener) {
		this(regions, callTimeout, timing, backoff, batches, singles, listener, new ConcurrentHashMap<>());
	}

	RegionMemory memory(String region) {
		return this.memories.computeIfAbsent(region, (name) -> new RegionMemory());
	}

	/**
	 * Return the time that a call may take if this much is available.
	 */
	Duration callTimeout(Duration available) {
		return (available.compareTo(this.callTimeout) < 0) ? available : this.callTimeout;
	}

}
