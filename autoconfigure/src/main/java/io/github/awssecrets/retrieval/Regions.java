package io.github.awssecrets.retrieval;

import org.jspecify.annotations.Nullable;

/**
 * The Regions that can be called: one set of calls, and one client, for each.
 */
interface Regions extends AutoCloseable {

	/**
	 * Return the application's own Region if that takes no search.
	 * @return the Region, or {@code null} if {@link #find()} has to be asked
	 */
	@Nullable String known();

	/**
	 * Find the application's own Region. May read files and ask the instance's metadata.
	 * @return the Region
	 * @throws CallFailedException if there is none
	 */
	String find() throws CallFailedException;

	/**
	 * Return the calls to a Region. The first time, this creates a client.
	 * @param region the Region
	 * @return the calls
	 * @throws CallFailedException if the client cannot be created
	 */
	SecretsManagerCalls calls(String region) throws CallFailedException;

	/**
	 * Abort what is under way, and close the clients.
	 */
	@Override
	void close();

}
