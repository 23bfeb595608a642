package io.github.awssecrets.refresh;

import java.util.Map;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.snapshot.SecretChange;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.cloud.endpoint.event.RefreshEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Applies changes by asking for one refresh of the context, as soon as it is ready:
 * Spring Cloud drops what is asked for earlier. Where no refresher of ours would answer,
 * the changes are applied directly.
 */
public final class RefreshEventApplier
		implements ChangeApplier, ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

	private final ConfigurableApplicationContext context;

	private final ObjectProvider<ContextRefresher> refreshers;

	private final ObjectProvider<SecretsRefresh> refresh;

	private volatile boolean ready;

	/**
	 * Create an applier.
	 * @param context the context
	 * @param refreshers what refreshes it
	 * @param refresh the part of secrets in a refresh
	 */
	public RefreshEventApplier(ConfigurableApplicationContext context, ObjectProvider<ContextRefresher> refreshers,
			ObjectProvider<SecretsRefresh> refresh) {
		this.context = context;
		this.refreshers = refreshers;
		this.refresh = refresh;
	}

	/**
	 * Note that the application is ready. Boot says so when everybody has dealt with
	 * {@code ApplicationReadyEvent}, Spring Cloud's listener included.
	 */
	@Override
	public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
		if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC && !this.ready) {
			this.ready = true;
			this.refresh.getObject().applyPending();
		}
	}

	@Override
	public boolean isReady() {
		return this.ready;
	}

	@Override
	public void apply(Map<SecretSelector, SecretChange> changes) {
		SecretsRefresh secrets = this.refresh.getObject();
		if (!secrets.validate()) {
			return;
		}
		if (refresher(secrets) != null) {
			secrets.requestedByWatcher(
					() -> this.context.publishEvent(new RefreshEvent(this, null, "Secrets were rotated")));
		}
		else {
			secrets.applyDirectly(this.context);
		}
	}

	/**
	 * Retrieve all secrets in use anew, and apply what has changed, on this thread.
	 * @param watcher the watcher
	 */
	void refresh(SecretsWatcher watcher) {
		SecretsRefresh secrets = this.refresh.getObject();
		ContextRefresher refresher = refresher(secrets);
		if (refresher != null) {
			refresher.refresh();
			return;
		}
		watcher.pollNow();
		if (secrets.validate()) {
			secrets.applyDirectly(this.context);
		}
	}

	/**
	 * Return the refresher that Spring Cloud asks, if it is ours and of this context. It
	 * asks the one that is injected, an application's own or a parent's perhaps.
	 */
	private @Nullable ContextRefresher refresher(SecretsRefresh secrets) {
		ContextRefresher asked = this.refreshers.getIfUnique();
		return (asked instanceof SecretsRefresher ours && ours.secretsRefresh().equals(secrets)) ? asked : null;
	}

}
