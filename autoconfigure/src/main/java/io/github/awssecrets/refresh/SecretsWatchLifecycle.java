package io.github.awssecrets.refresh;

import io.github.awssecrets.env.SecretsEnvironment;

import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the watcher with its context.
 */
public final class SecretsWatchLifecycle implements SmartLifecycle {

	private final SecretsWatcher watcher;

	private volatile boolean running;

	/**
	 * Create an instance.
	 * @param secrets tells when there is more to watch
	 * @param watcher the watcher
	 */
	public SecretsWatchLifecycle(SecretsEnvironment secrets, SecretsWatcher watcher) {
		this.watcher = watcher;
		secrets.onUseChange(watcher::usesChanged);
	}

	@Override
	public void start() {
		this.watcher.start();
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.watcher.stop();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
