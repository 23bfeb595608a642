package io.github.awssecrets.embedded;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.awssecrets.embedded.rotation.RotationEvent;
import io.github.awssecrets.embedded.rotation.RotationListener;
import io.github.awssecrets.embedded.rotation.RotationStep;
import io.github.awssecrets.embedded.rotation.Rotator;

/**
 * What rotates the secrets of a server: {@link Rotator}s in place of functions on AWS
 * Lambda, each registered under an ARN. RotateSecret answers at once; the steps follow on
 * a thread of the server, one rotation of a secret at a time. Unlike AWS it tries a
 * failed rotation again only when RotateSecret is called again, and rotates nothing on
 * schedule. Safe for use by several threads.
 *
 * <pre class="code">
 * ConnectionFactory connections = ConnectionFactory.ofUrl("jdbc:postgresql://localhost/app");
 * server.rotations().register("arn:aws:lambda:eu-west-1:123456789012:function:rotator",
 * 		new SingleUserRotator(SqlDialect.postgresql(), connections));
 * server.startRotation("prod/db", "arn:aws:lambda:eu-west-1:123456789012:function:rotator");
 * server.rotations().await(Duration.ofSeconds(10));
 * </pre>
 */
public final class Rotations {

	private static final Logger logger = System.getLogger(Rotations.class.getPackageName());

	private final Map<String, Rotator> rotators = new ConcurrentHashMap<>();

	private final List<RotationListener> listeners = new CopyOnWriteArrayList<>();

	private final Gates gates = new Gates();

	private final RotationThreads threads = new RotationThreads();

	private final Clock clock;

	private volatile Duration gap = Duration.ZERO;

	Rotations(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Registers a rotator, or replaces one.
	 * @param rotationArn what RotateSecret calls RotationLambdaARN, 1 to 2,048 characters
	 * @param rotator the rotator
	 */
	public void register(String rotationArn, Rotator rotator) {
		if (rotationArn.isEmpty() || rotationArn.length() > RotateSecretOperation.MAXIMUM_ARN) {
			throw new IllegalArgumentException("The ARN of a rotator has 1 to " + RotateSecretOperation.MAXIMUM_ARN
					+ " characters, not " + rotationArn.length());
		}
		this.rotators.put(rotationArn, rotator);
	}

	/**
	 * Adds a listener for the steps of all rotations.
	 * @param listener the listener
	 */
	public void addListener(RotationListener listener) {
		this.listeners.add(listener);
	}

	/**
	 * Removes a listener.
	 * @param listener the listener
	 */
	public void removeListener(RotationListener listener) {
		this.listeners.remove(listener);
	}

	/**
	 * Holds rotations before a step, until the gate is released.
	 * @param step the step
	 * @return the gate
	 */
	public Gate gate(RotationStep step) {
		return this.gates.add(step.label(), Integer.MAX_VALUE);
	}

	/**
	 * Lets rotations wait before finishSecret, which makes the time longer in which a
	 * database already has the password that is not current yet.
	 * @param newGap how long, from now on; none at first
	 */
	public void gap(Duration newGap) {
		this.gap = newGap;
	}

	/**
	 * Waits until no rotation is under way.
	 * @param timeout how long to wait at most
	 * @return whether none is
	 * @throws InterruptedException if interrupted while waiting
	 */
	public boolean await(Duration timeout) throws InterruptedException {
		return this.threads.await(timeout);
	}

	boolean isRegistered(String rotationArn) {
		return this.rotators.containsKey(rotationArn);
	}

	// Starts a rotation, unless one of the secret is under way or rotation is off.
	void start(ApiCall call, Secret secret, String versionId, boolean wholly) {
		RotationSettings settings = secret.rotation();
		Rotator rotator = (settings != null && settings.enabled()) ? this.rotators.get(settings.lambdaArn()) : null;
		if (rotator != null) {
			RotatedVersion version = new RotatedVersion(call.secrets(), this.clock, call.region(), secret, versionId);
			this.threads.start(
					wholly ? RotationTask.rotate(version, rotator, this) : RotationTask.test(version, rotator, this),
					this::publish);
		}
	}

	void cancel(String secretArn) {
		this.threads.cancel(secretArn);
	}

	void hold(RotationStep step) throws InterruptedException {
		if (step == RotationStep.FINISH_SECRET && !this.gap.isZero()) {
			// Nobody counts it down: it is left by time, or interrupted
			new CountDownLatch(1).await(this.gap.toNanos(), TimeUnit.NANOSECONDS);
		}
		this.gates.pass(step.label());
	}

	void publish(RotationEvent event) {
		for (RotationListener listener : this.listeners) {
			try {
				listener.onEvent(event);
			}
			catch (RuntimeException ex) {
				// Its message might hold a value
				logger.log(Level.WARNING, "A listener for rotations failed: {0}", ex.getClass().getName());
			}
		}
	}

	Instant now() {
		return this.clock.instant();
	}

	// Ends all rotations, and forgets rotators and listeners.
	void reset() {
		this.rotators.clear();
		this.listeners.clear();
		this.gap = Duration.ZERO;
		this.threads.cancelAll();
		this.gates.releaseAll();
	}

	void close() {
		this.threads.close();
		this.gates.releaseAll();
	}

}
