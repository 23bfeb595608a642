package io.github.awssecrets.refresh;

import java.util.Set;
import java.util.function.Supplier;

/**
 * Is called around each refresh that brings secrets to an application, on the thread that
 * refreshes.
 */
@FunctionalInterface
public interface RefreshListener {

	/**
	 * Refresh.
	 * @param refresh refreshes; to be called once
	 * @return the names of the changed properties, as the refresh returned them
	 */
	Set<String> aroundRefresh(Supplier<Set<String>> refresh);

}
