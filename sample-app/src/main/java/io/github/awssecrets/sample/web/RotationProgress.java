package io.github.awssecrets.sample.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

import io.github.awssecrets.embedded.rotation.RotationEvent;
import io.github.awssecrets.embedded.rotation.RotationException;
import io.github.awssecrets.embedded.rotation.RotationListener;
import io.github.awssecrets.embedded.rotation.RotationStep;
import io.github.awssecrets.refresh.SecretRotatedEvent;
import io.github.awssecrets.sample.demo.DemoRotations;
import io.github.awssecrets.sample.load.Counts;
import io.github.awssecrets.sample.load.QueryLog;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Follows the rotations of the database's secret, step by step, where the embedded
 * Secrets Manager makes them. An application of your own sees nothing but the end.
 */
@Component
class RotationProgress implements RotationListener {

	private static final int MAXIMUM = 10;

	private final Deque<Progress> latest = new ArrayDeque<>();

	private final QueryLog queries;

	private final Events events;

	RotationProgress(ObjectProvider<DemoRotations> rotations, QueryLog queries, Events events) {
		this.queries = queries;
		this.events = events;
		rotations.ifAvailable((embedded) -> embedded.addListener(this));
	}

	/**
	 * Return the last rotations.
	 * @return at most ten, the newest first
	 */
	synchronized List<Progress> latest() {
		return List.copyOf(this.latest);
	}

	@Override
	public synchronized void onEvent(RotationEvent event) {
		switch (event.phase()) {
			case STARTED -> start(event);
			case COMPLETED -> complete(event);
			case FAILED -> fail(event);
		}
	}

	private void start(RotationEvent event) {
		if (event.step() == RotationStep.CREATE_SECRET) {
			this.latest.addFirst(Progress.begin(event.versionId()));
			if (this.latest.size() > MAXIMUM) {
				this.latest.removeLast();
			}
		}
	}

	private void complete(RotationEvent event) {
		if (!this.latest.isEmpty()) {
			Progress progress = this.latest.removeFirst().complete(event.step(), event.time(), this.queries.counts());
			this.latest.addFirst(progress);
			this.events.add(event.name() + ": " + describe(progress, event.step()));
		}
	}

	private String describe(Progress progress, RotationStep step) {
		String version = Texts.version(progress.versionId());
		return switch (step) {
			case CREATE_SECRET -> "rotation has begun, version " + version + " is AWSPENDING";
			case SET_SECRET -> "the database has the new password and refuses that of AWSCURRENT";
			case TEST_SECRET -> "a login with AWSPENDING worked";
			case FINISH_SECRET ->
				"version " + version + " is AWSCURRENT; while the database refused the one before: " + gap(progress);
		};
	}

	private void fail(RotationEvent event) {
		String reason = reason(event.failure());
		if (!this.latest.isEmpty()) {
			this.latest.addFirst(this.latest.removeFirst().fail(reason));
		}
		this.events.add("%s: %s failed: %s".formatted(event.name(), event.step().label(), reason));
	}

	// Another exception's message might hold a value
	private static String reason(@Nullable Exception failure) {
		if (failure instanceof RotationException) {
			return String.valueOf(failure.getMessage());
		}
		return (failure != null) ? failure.getClass().getSimpleName() : "cancelled";
	}

	/**
	 * Return what happened to queries between setSecret and finishSecret, or since
	 * setSecret.
	 * @return a clause; empty before setSecret
	 */
	String gap(Progress progress) {
		Instant from = progress.at(RotationStep.SET_SECRET);
		if (from == null) {
			return "";
		}
		Instant to = Objects.requireNonNullElseGet(progress.at(RotationStep.FINISH_SECRET), Instant::now);
		Counts counts = (progress.gap() != null) ? progress.gap() : this.queries.counts().since(progress.before());
		return Texts.seconds(Duration.between(from, to)) + " with " + Texts.counts(counts);
	}

	@EventListener
	synchronized void apply(SecretRotatedEvent event) {
		Progress progress = this.latest.peekFirst();
		if (progress != null && progress.versionId().equals(event.newVersionId())) {
			this.latest.removeFirst();
			this.latest.addFirst(progress.apply(Instant.now()));
		}
	}

}
