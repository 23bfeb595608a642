package io.github.awssecrets.env;

import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Looks for references again when properties were changed at run time, before anything
 * that reads them anew; a refresh has done that itself.
 */
class EnvironmentChangeListener implements ApplicationListener<EnvironmentChangeEvent>, PriorityOrdered {

	private final SecretsEnvironment secrets;

	EnvironmentChangeListener(SecretsEnvironment secrets) {
		this.secrets = secrets;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void onApplicationEvent(EnvironmentChangeEvent event) {
		if (!this.secrets.endPicture()) {
			this.secrets.update();
		}
	}

}
