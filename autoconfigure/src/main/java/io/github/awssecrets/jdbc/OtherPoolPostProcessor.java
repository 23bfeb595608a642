package io.github.awssecrets.jdbc;

import javax.sql.DataSource;
import javax.sql.XADataSource;

import io.github.awssecrets.env.SecretsEnvironment;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Names the data sources whose credentials come from secrets, and that keep those they
 * were started with.
 */
public final class OtherPoolPostProcessor implements BeanPostProcessor {

	private static final String HIKARI = "com.zaxxer.hikari.HikariDataSource";

	private final ConfigurableApplicationContext context;

	private final UnfollowedDataSources unfollowed = new UnfollowedDataSources();

	/**
	 * Create a post-processor.
	 * @param context the context, whose Environment has the secrets
	 */
	public OtherPoolPostProcessor(ConfigurableApplicationContext context) {
		this.context = context;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		SecretsEnvironment secrets = SecretsEnvironment.find(this.context.getEnvironment());
		if ((bean instanceof DataSource || bean instanceof XADataSource) && !isHikari(bean) && secrets != null
				&& secrets.settings().enabled()) {
			DataSourceSecrets finder = new DataSourceSecrets(secrets, this.context, this.unfollowed);
			if (finder.named(beanName) != null || finder.areIn(beanName, bean, "username", "password")
					|| finder.areInUrl(beanName, bean)) {
				this.unfollowed.name(beanName,
						"it is a %s, and only HikariCP's pools can. Use HikariCP, or restart the application after a rotation."
							.formatted(bean.getClass().getName()));
			}
		}
		return bean;
	}

	private static boolean isHikari(Object bean) {
		Class<?> type = bean.getClass();
		while (type != null && !type.getName().equals(HIKARI)) {
			type = type.getSuperclass();
		}
		return type != null;
	}

}
