package io.github.awssecrets.embedded;

import java.util.Set;

import tools.jackson.databind.node.ObjectNode;

/**
 * One operation of the service.
 */
interface Operation {

	// The parameters that it supports.
	Set<String> parameters();

	/**
	 * Carries out a call.
	 * @param call the call, which the caller is allowed to make
	 * @return the answer
	 * @throws ApiException if it fails
	 */
	ObjectNode execute(ApiCall call);

}
