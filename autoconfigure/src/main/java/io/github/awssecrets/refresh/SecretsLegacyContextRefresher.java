package io.github.awssecrets.refresh;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration.RefreshProperties;
import org.springframework.cloud.context.refresh.LegacyContextRefresher;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Refreshes an application with a bootstrap context, its secrets included.
 */
public final class SecretsLegacyContextRefresher extends LegacyContextRefresher implements SecretsRefresher {

	private final SecretsRefresh secrets;

	private @Nullable ConfigurableApplicationContext updated;

	/**
	 * Create a refresher.
	 * @param context the context
	 * @param scope the scope to refresh
	 * @param properties the settings of Spring Cloud
	 * @param secrets the part of secrets
	 */
	public SecretsLegacyContextRefresher(ConfigurableApplicationContext context, RefreshScope scope,
			RefreshProperties properties, SecretsRefresh secrets) {
		super(context, scope, properties);
		this.secrets = secrets;
	}

	@Override
	public SecretsRefresh secretsRefresh() {
		return this.secrets;
	}

	@Override
	public synchronized Set<String> refresh() {
		if (this.secrets.isDone()) {
			return Set.of();
		}
		return this.secrets.refresh(this::refreshAll);
	}

	private Set<String> refreshAll() {
		Set<String> keys = super.refresh();
		this.secrets.acknowledge();
		return keys;
	}

	@Override
	public synchronized Set<String> refreshEnvironment() {
		return this.secrets.refreshEnvironment(super::refreshEnvironment);
	}

	@Override
	protected void updateEnvironment() {
		this.secrets.update((secrets) -> secrets.update(this::updateEnvironment));
	}

	private void updateEnvironment(ConfigurableEnvironment environment) {
		this.updated = UpdatedContext.of(super.getContext(), environment);
		try {
			super.updateEnvironment();
		}
		finally {
			this.updated = null;
		}
	}

	@Override
	protected ConfigurableApplicationContext getContext() {
		ConfigurableApplicationContext updated = this.updated;
		return (updated != null) ? updated : super.getContext();
	}

}
