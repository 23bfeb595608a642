package io.github.awssecrets.sample.load;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the load.
 *
 * @param enabled Whether there is one
 * @param threads Number of threads that send queries
 * @param pause Time between two queries of a thread
 * @param churn Time after which the pool's connections are closed, so that new logins
 * happen all the time
 */
@ConfigurationProperties("demo.load")
record LoadProperties(@DefaultValue("true") boolean enabled, @DefaultValue("3") int threads,
		@DefaultValue("300ms") Duration pause, @DefaultValue("1s") Duration churn) {
}
