package io.github.awssecrets.retrieval;

import java.util.List;

/**
 * Finds the threads of retrievals, and those that the SDK starts.
 */
final class OwnThreads {

	private OwnThreads() {
	}

	static List<String> alive() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter(Thread::isAlive)
			.map(Thread::getName)
			.filter((name) -> name.startsWith(RetrievalThreads.NAME_PREFIX) || name.startsWith("sdk-")
					|| name.startsWith("idle-connection-reaper"))
			.toList();
	}

}
