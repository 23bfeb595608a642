package io.github.awssecrets.refresh;

/**
 * A refresher of ours.
 */
interface SecretsRefresher {

	/**
	 * Return its part of secrets, which tells whose it is: a child context may find that
	 * of its parent.
	 * @return the part of secrets
	 */
	SecretsRefresh secretsRefresh();

}
