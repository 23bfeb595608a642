package io.github.awssecrets.embedded;

/**
 * Thrown when the port that a server should listen on is taken.
 */
public class PortInUseException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private final int port;

	PortInUseException(int port) {
		super("Port " + port + " is already in use" + ((port < 1024) ? ", or only a privileged user may use it" : "")
				+ ". Stop what listens there, choose another port, or use port 0 for any free one.");
		this.port = port;
	}

	/**
	 * The port that is taken.
	 * @return the port
	 */
	public int getPort() {
		return this.port;
	}

}
