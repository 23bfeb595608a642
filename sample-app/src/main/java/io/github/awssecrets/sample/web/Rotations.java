package io.github.awssecrets.sample.web;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

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

	@EventListener
	synchronized void add(SecretRotatedEvent event) {
		this.latest.addFirst(new Rotation(Instant.now(), event.secretId(), String.valueOf(event.newVersionId()),
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

}
