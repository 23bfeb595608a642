package io.github.awssecrets.sample.web;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.github.awssecrets.refresh.SecretRotatedEvent;
import io.github.awssecrets.refresh.SecretRotationRejectedEvent;
import io.github.awssecrets.sample.load.LoadFailedEvent;
import io.github.awssecrets.sample.load.LoadRecoveredEvent;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What happened last, in words.
 */
@Component
class Events {

	private static final int MAXIMUM = 20;

	private final Deque<Event> latest = new ArrayDeque<>();

	private long number;

	synchronized void add(String text) {
		this.number++;
		this.latest.addFirst(new Event(this.number, Instant.now(), text));
		if (this.latest.size() > MAXIMUM) {
			this.latest.removeLast();
		}
	}

	/**
	 * Return what happened last.
	 * @return at most twenty events, the newest first
	 */
	synchronized List<Event> latest() {
		return List.copyOf(this.latest);
	}

	@EventListener
	void add(SecretRotatedEvent event) {
		add("%s: the application uses version %s, in %s".formatted(event.secretId(),
				Texts.version(String.valueOf(event.newVersionId())),
				String.join(", ", event.properties().stream().sorted().toList())));
	}

	@EventListener
	void add(SecretRotationRejectedEvent event) {
		add("%s: version %s was rejected, %s; version %s stays in use".formatted(event.secretId(),
				Texts.version(event.rejectedVersionId()), event.reason(),
				Texts.version(String.valueOf(event.versionIdInUse()))));
	}

	@EventListener
	void add(LoadFailedEvent event) {
		add("A query failed: " + event.problem());
	}

	@EventListener(LoadRecoveredEvent.class)
	void addRecovery() {
		add("Queries are served again");
	}

}
