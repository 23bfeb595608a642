package io.github.awssecrets.embedded.rotation;

/**
 * Is told what rotations do. It is called on the rotation's thread, which waits for it;
 * what it throws is logged and ignored.
 */
@FunctionalInterface
public interface RotationListener {

	/**
	 * Called when a step starts or ends.
	 * @param event the step
	 */
	void onEvent(RotationEvent event);

}
