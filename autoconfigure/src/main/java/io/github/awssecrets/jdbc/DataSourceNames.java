package io.github.awssecrets.jdbc;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import javax.sql.DataSource;
import javax.sql.XADataSource;

import io.github.awssecrets.env.SecretsEnvironment;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Compares the names in {@code aws.secrets.jdbc.data-sources} with those of the beans,
 * and says which of them name none.
 */
public final class DataSourceNames implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(DataSourceNames.class);

	private static final String SCOPED = "scopedTarget.";

	private final ListableBeanFactory beans;

	private final SecretsEnvironment secrets;

	/**
	 * Create an instance.
	 * @param beans the beans
	 * @param secrets has the settings
	 */
	public DataSourceNames(ListableBeanFactory beans, SecretsEnvironment secrets) {
		this.beans = beans;
		this.secrets = secrets;
	}

	/**
	 * Return whether a setting means a bean.
	 * @param name the name in the setting
	 * @param beanName the name of the bean
	 * @return whether they are the same
	 */
	static boolean isSame(String name, String beanName) {
		return uniform(name).equals(uniform(withoutScope(beanName)));
	}

	/* An environment variable can write neither upper case nor dashes */
	private static String uniform(String name) {
		return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
	}

	private static String withoutScope(String beanName) {
		return beanName.startsWith(SCOPED) ? beanName.substring(SCOPED.length()) : beanName;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.secrets.settings().jdbc().dataSources().forEach((name, secret) -> {
			Set<String> names = names();
			if (names.stream().noneMatch((beanName) -> isSame(name, beanName))) {
				logger.warn(("aws.secrets.jdbc.data-sources.%s names no DataSource, so nothing logs in with secret %s. "
						+ "%s Correct the name, or remove the setting.")
					.formatted(name, secret, names.isEmpty() ? "This application has none."
							: "Those of this application: %s.".formatted(String.join(", ", names))));
			}
		});
	}

	private Set<String> names() {
		Set<String> names = new TreeSet<>();
		for (Class<?> type : Set.of(DataSource.class, XADataSource.class)) {
			for (String beanName : BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beans, type, true, false)) {
				names.add(withoutScope(beanName));
			}
		}
		return names;
	}

}
