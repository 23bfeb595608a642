package io.github.awssecrets.sample.demo;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Rotates the database's password again and again, where {@code demo.rotate-every} says
 * how often.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@ConditionalOnProperty("demo.rotate-every")
class ScheduledRotation {

	private static final Log logger = LogFactory.getLog(ScheduledRotation.class);

	private final ObjectProvider<DemoRotations> rotations;

	ScheduledRotation(ObjectProvider<DemoRotations> rotations) {
		this.rotations = rotations;
	}

	@Scheduled(initialDelayString = "${demo.rotate-every}", fixedRateString = "${demo.rotate-every}")
	void rotate() {
		this.rotations.ifAvailable((rotations) -> {
			try {
				rotations.rotate(DemoRotations.DATABASE);
			}
			catch (IllegalStateException ex) {
				logger.info("No rotation on schedule: " + ex.getMessage());
			}
		});
	}

}
