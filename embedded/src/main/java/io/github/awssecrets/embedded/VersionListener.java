package io.github.awssecrets.embedded;

/**
 * Is told of rotations that a test makes. An application under test that is one, or has
 * one, follows them before the test goes on.
 */
@FunctionalInterface
public interface VersionListener {

	/**
	 * Called after a rotation, on the thread that asked for it, which waits for the
	 * return. May be called by several threads at the same time.
	 * @param rotation the rotation
	 * @throws RuntimeException if the version cannot be used. The rotation stands, and
	 * whoever asked for it gets the exception
	 */
	void rotated(VersionChange rotation);

}
