package io.github.awssecrets.sample.web;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.awssecrets.refresh.SecretRotatedEvent;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The last rotations, as the starter's events tell. This is how an application follows
 * with something that is neither in {@code @RefreshScope} nor configuration properties.
 */
@Component
class Rotations {

	private static final int MAXIMUM = 10;

	private final Deque<Rotation> latest = new ArrayDeque<>();

	private final Map<String, Instant> inUseSince = new HashMap<>();

	private final Instant start = Instant.now();

	@EventListener
	synchronized void add(SecretRotatedEvent event) {
		Instant now = Instant.now();
		this.inUseSince.put(event.secretId(), now);
		this.latest.addFirst(new Rotation(now, event.secretId(), String.valueOf(event.newVersionId()),
				event.properties().stream().sorted().toList()));
		if (this.latest.size() > MAXIMUM) {
			this.latest.removeLast();
		}
	}

	/**
	 * Return the last rotations.
	 * @return at most ten, the newest first
	 */
	synchronized List<Rotation> latest() {
		return List.copyOf(this.latest);
	}

	/**
	 * Return since when the application has used the version of a secret that it uses.
	 * @param secretId the secret
	 * @return when its last rotation arrived, or when the application started
	 */
	synchronized Instant inUseSince(String secretId) {
		return this.inUseSince.getOrDefault(secretId, this.start);
	}

}
