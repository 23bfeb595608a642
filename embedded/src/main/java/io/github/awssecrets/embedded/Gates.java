package io.github.awssecrets.embedded;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The gates of a server.
 */
final class Gates {

	private final List<Gate> gates = new CopyOnWriteArrayList<>();

	Gate add(String operation, int enough) {
		this.gates.removeIf(Gate::isReleased);
		Gate gate = new Gate(operation, enough);
		this.gates.add(gate);
		return gate;
	}

	void pass(String operation) throws InterruptedException {
		for (Gate gate : this.gates) {
			gate.pass(operation);
		}
	}

	void releaseAll() {
		this.gates.forEach(Gate::release);
	}

}
