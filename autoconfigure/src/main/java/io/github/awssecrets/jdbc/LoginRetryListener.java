package io.github.awssecrets.jdbc;

/**
 * Is told of the logins of connection pools for which the credentials of the application
 * would not do, as the database refuses them. All beans of this type are asked.
 * <p>
 * Called by the thread that logs in, while a connection is waited for: implementations
 * have to be quick and safe for use by several threads. What they throw is logged, and
 * changes nothing.
 */
@FunctionalInterface
public interface LoginRetryListener {

	/**
	 * Called when other credentials have been tried in a login, whether the database took
	 * any or not.
	 * @param dataSource the name of the bean of the data source
	 * @param outcome which credentials the database took
	 */
	void retried(String dataSource, LoginRetryOutcome outcome);

}
