package io.github.awssecrets.refresh;

import io.github.awssecrets.env.SecretsEnvironment;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.ApplicationContext;

/**
 * Spring Cloud's scope of beans that are built again by a refresh, each from one snapshot
 * of the secrets. A bean whose building began before a promotion is not used for long: it
 * is in the scope already, which the refresh clears after that.
 */
public final class SecretsRefreshScope extends RefreshScope {

	private @Nullable SecretsEnvironment secrets;

	@Override
	public void setApplicationContext(ApplicationContext context) throws BeansException {
		super.setApplicationContext(context);
		this.secrets = SecretsEnvironment.find(context.getEnvironment());
	}

	@Override
	public Object get(String name, ObjectFactory<?> objectFactory) {
		SecretsEnvironment secrets = this.secrets;
		return super.get(name,
				(secrets != null) ? () -> secrets.snapshots().consistently(objectFactory::getObject) : objectFactory);
	}

}
