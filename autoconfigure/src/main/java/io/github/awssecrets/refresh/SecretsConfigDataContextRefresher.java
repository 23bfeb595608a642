package io.github.awssecrets.refresh;

import java.util.Set;

import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration.RefreshProperties;
import org.springframework.cloud.context.refresh.ConfigDataContextRefresher;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Refreshes an application without a bootstrap context, its secrets included.
 */
public final class SecretsConfigDataContextRefresher extends ConfigDataContextRefresher implements SecretsRefresher {

	private final SecretsRefresh secrets;

	private final UpdatedContext updated = new UpdatedContext();

	/**
	 * Create a refresher.
	 * @param context the context
	 * @param scope the scope to refresh
	 * @param properties the settings of Spring Cloud
	 * @param secrets the part of secrets
	 */
	public SecretsConfigDataContextRefresher(ConfigurableApplicationContext context, RefreshScope scope,
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
		return this.secrets.refresh(super::refresh);
	}

	@Override
	public synchronized Set<String> refreshEnvironment() {
		return this.secrets.refreshEnvironment(super::refreshEnvironment);
	}

	@Override
	protected void updateEnvironment() {
		this.secrets.update((secrets) -> secrets
			.reload((environment) -> this.updated.during(super.getContext(), environment, super::updateEnvironment)));
	}

	@Override
	protected ConfigurableApplicationContext getContext() {
		return this.updated.or(super.getContext());
	}

}
