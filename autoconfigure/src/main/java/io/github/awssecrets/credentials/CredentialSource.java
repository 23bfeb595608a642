package io.github.awssecrets.credentials;

import org.jspecify.annotations.Nullable;

/**
 * Where credentials come from. Safe for use by several threads.
 */
public interface CredentialSource {

	/**
	 * Return the credentials that the application has, without any call.
	 * @return the credentials, all of one snapshot, or {@code null} if a part of them
	 * never had a value
	 */
	@Nullable Credentials current();

	/**
	 * Retrieve the current version, whatever the application has. Changes nothing that
	 * others see.
	 * @return what AWS has now
	 */
	RetrievedCredentials retrieveCurrent();

	/**
	 * Retrieve the version that a rotation prepares. Changes nothing that others see.
	 * @return the version with stage {@code AWSPENDING}, if there is one, and if it names
	 * the same engine, host and port as the current one
	 */
	RetrievedCredentials retrievePending();

	/**
	 * Retrieve the version before the current one. Changes nothing that others see.
	 * @return the version with stage {@code AWSPREVIOUS}, on the same conditions
	 */
	RetrievedCredentials retrievePrevious();

}
