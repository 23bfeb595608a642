package io.github.awssecrets.jdbc;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Names in the log the data sources that keep the credentials they were started with:
 * each of them once, however often its bean is created.
 */
final class UnfollowedDataSources {

	private static final Log logger = LogFactory.getLog(UnfollowedDataSources.class);

	private final Set<String> named = ConcurrentHashMap.newKeySet();

	/**
	 * Name a data source.
	 * @param beanName the name of its bean
	 * @param reason why it cannot follow rotations, and what to do about it
	 */
	void name(String beanName, String reason) {
		if (this.named.add(beanName)) {
			logger.warn("DataSource '%s' cannot follow rotations of its secret: %s".formatted(beanName, reason));
		}
	}

}
