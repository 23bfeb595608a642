package io.github.awssecrets.refresh;

import java.util.concurrent.CompletableFuture;

/**
 * Polls on demand for who cannot wait for them, because time passes on its own thread.
 */
public final class VirtualPolls {

	private VirtualPolls() {
	}

	/**
	 * Ask for a poll.
	 * @param watcher the watcher
	 * @return what the poll will bring
	 */
	public static CompletableFuture<PollReport> request(SecretsWatcher watcher) {
		return watcher.requestPoll();
	}

	/**
	 * Have a watcher look whether something is due.
	 * @param watcher the watcher
	 */
	public static void wake(SecretsWatcher watcher) {
		watcher.wake();
	}

}
