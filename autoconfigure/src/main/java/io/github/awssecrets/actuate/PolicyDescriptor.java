package io.github.awssecrets.actuate;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;

import io.github.awssecrets.permission.PermissionPolicy;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * An IAM policy in an answer, with the names that IAM gives its elements.
 */
public final class PolicyDescriptor extends AbstractMap<String, Object> implements OperationResponseBody {

	private final Map<String, Object> document;

	PolicyDescriptor(PermissionPolicy policy) {
		this.document = policy.toDocument();
	}

	@Override
	public Set<Entry<String, Object>> entrySet() {
		return this.document.entrySet();
	}

}
