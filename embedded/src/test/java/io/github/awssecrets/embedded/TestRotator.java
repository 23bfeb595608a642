package io.github.awssecrets.embedded;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.github.awssecrets.embedded.rotation.RotatingSecret;
import io.github.awssecrets.embedded.rotation.RotationStep;
import io.github.awssecrets.embedded.rotation.Rotator;

/**
 * A rotator whose new value is the current one and {@code +}. It notes its steps, and
 * fails where it is told to.
 */
final class TestRotator implements Rotator {

	static final String ARN = "arn:aws:lambda:eu-west-1:123456789012:function:test";

	private final List<String> steps = Collections.synchronizedList(new ArrayList<>());

	private final Map<RotationStep, Exception> failures = Collections
		.synchronizedMap(new EnumMap<>(RotationStep.class));

	/**
	 * Fails the next time that it is asked for a step.
	 * @param step the step
	 * @param failure what it throws
	 */
	void failOnce(RotationStep step, Exception failure) {
		this.failures.put(step, failure);
	}

	/**
	 * The steps that it was asked for.
	 * @return the names of the steps, each with the value pending then
	 */
	List<String> steps() {
		return List.copyOf(this.steps);
	}

	@Override
	public void createSecret(RotatingSecret secret) throws Exception {
		note(RotationStep.CREATE_SECRET, secret);
		if (secret.pending().isEmpty()) {
			secret.putPending(secret.value("AWSCURRENT").orElseThrow() + "+");
		}
	}

	@Override
	public void setSecret(RotatingSecret secret) throws Exception {
		note(RotationStep.SET_SECRET, secret);
	}

	@Override
	public void testSecret(RotatingSecret secret) throws Exception {
		note(RotationStep.TEST_SECRET, secret);
	}

	@Override
	public void finishSecret(RotatingSecret secret) throws Exception {
		note(RotationStep.FINISH_SECRET, secret);
		Rotator.super.finishSecret(secret);
	}

	private void note(RotationStep step, RotatingSecret secret) throws Exception {
		this.steps.add(step.label() + " " + secret.pending().orElse("-"));
		Exception failure = this.failures.remove(step);
		if (failure != null) {
			throw failure;
		}
	}

}
