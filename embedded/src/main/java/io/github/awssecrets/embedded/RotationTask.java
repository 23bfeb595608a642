package io.github.awssecrets.embedded;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

import io.github.awssecrets.embedded.rotation.RotationEvent;
import io.github.awssecrets.embedded.rotation.RotationException;
import io.github.awssecrets.embedded.rotation.RotationStep;
import io.github.awssecrets.embedded.rotation.Rotator;
import org.jspecify.annotations.Nullable;

/**
 * One rotation: the steps of a rotator, one after the other. It is run once, and can be
 * cancelled at any time by any thread.
 */
final class RotationTask {

	private static final Logger logger = System.getLogger(RotationTask.class.getPackageName());

	private final RotatedVersion version;

	private final Rotator rotator;

	private final List<RotationStep> steps;

	private final Rotations rotations;

	private @Nullable Thread thread;

	private RotationTask(RotatedVersion version, Rotator rotator, List<RotationStep> steps, Rotations rotations) {
		this.version = version;
		this.rotator = rotator;
		this.steps = steps;
		this.rotations = rotations;
	}

	static RotationTask rotate(RotatedVersion version, Rotator rotator, Rotations rotations) {
		return new RotationTask(version, rotator, List.of(RotationStep.values()), rotations);
	}

	// A task that tests the rotator with a version, and removes that afterwards.
	static RotationTask test(RotatedVersion version, Rotator rotator, Rotations rotations) {
		return new RotationTask(version, rotator, List.of(RotationStep.TEST_SECRET), rotations);
	}

	String arn() {
		return this.version.arn();
	}

	boolean isCancelled() {
		return this.version.isCancelled();
	}

	synchronized void cancel() {
		this.version.cancel();
		if (this.thread != null) {
			this.thread.interrupt();
		}
	}

	/**
	 * Performs the steps.
	 * @return the last event, of which the listeners have not been told yet; null if
	 * there was nothing left to do
	 */
	@Nullable RotationEvent run() {
		occupy(Thread.currentThread());
		try {
			return performAll();
		}
		finally {
			occupy(null);
			// That of a cancellation which came too late
			Thread.interrupted();
		}
	}

	private synchronized void occupy(@Nullable Thread newThread) {
		this.thread = newThread;
	}

	private @Nullable RotationEvent performAll() {
		RotationEvent event = null;
		for (RotationStep step : this.steps) {
			if (this.version.isCurrent()) {
				return event;
			}
			if (event != null) {
				this.rotations.publish(event);
			}
			Exception failure = attempt(step);
			event = event(step, (failure != null) ? RotationEvent.Phase.FAILED : RotationEvent.Phase.COMPLETED,
					failure);
			if (failure != null) {
				break;
			}
		}
		if (!this.steps.contains(RotationStep.FINISH_SECRET)) {
			this.version.remove();
		}
		return event;
	}

	private @Nullable Exception attempt(RotationStep step) {
		try {
			this.version.check();
			this.rotations.hold(step);
			this.version.check();
			this.rotations.publish(event(step, RotationEvent.Phase.STARTED, null));
			perform(step);
			return null;
		}
		catch (Exception ex) {
			Exception failure = isCancelled() ? new RotationException("The rotation was cancelled") : ex;
			logger.log(isCancelled() ? Level.DEBUG : Level.WARNING, "Rotation of {0} to version {1} failed in {2}: {3}",
					this.version.name(), this.version.versionId(), step.label(), describe(failure));
			return failure;
		}
	}

	private void perform(RotationStep step) throws Exception {
		switch (step) {
			case CREATE_SECRET -> this.rotator.createSecret(this.version);
			case SET_SECRET -> this.rotator.setSecret(this.version);
			case TEST_SECRET -> this.rotator.testSecret(this.version);
			case FINISH_SECRET -> finish();
		}
	}

	private void finish() throws Exception {
		this.rotator.finishSecret(this.version);
		if (!this.version.isCurrent()) {
			throw new RotationException("finishSecret did not move AWSCURRENT to the version");
		}
		this.version.finish();
	}

	// The message of an exception that isn't ours might hold a value.
	private static String describe(Exception failure) {
		return (failure instanceof RotationException) ? String.valueOf(failure.getMessage())
				: failure.getClass().getName();
	}

	private RotationEvent event(RotationStep step, RotationEvent.Phase phase, @Nullable Exception failure) {
		return new RotationEvent(this.version.region(), this.version.arn(), this.version.name(),
				this.version.versionId(), step, phase, this.rotations.now(), failure);
	}

}
