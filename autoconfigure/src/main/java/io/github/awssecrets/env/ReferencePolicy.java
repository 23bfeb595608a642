package io.github.awssecrets.env;

import java.util.List;

import io.github.awssecrets.reference.ResolvedReference;
import io.github.awssecrets.reference.SecretId;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.PropertySource;

/**
 * Who may name what: refuses references in sources that are not trusted, and to secrets
 * that the application is not allowed to name.
 */
final class ReferencePolicy {

	/**
	 * The source that {@code POST /actuator/env} writes to.
	 */
	private static final String MANAGER_SOURCE_NAME = "manager";

	/**
	 * The policy that refuses nothing.
	 */
	static final ReferencePolicy ALLOW_ALL = new ReferencePolicy();

	private final Globs untrustedSources;

	private final Globs allowed;

	private final @Nullable String region;

	private final @Nullable String account;

	/**
	 * Create a policy.
	 * @param properties the settings; the account of the role in them is our own
	 */
	ReferencePolicy(SecretsProperties properties) {
		this.untrustedSources = new Globs(properties.untrustedSources());
		this.allowed = new Globs(properties.allowed());
		this.region = properties.region();
		this.account = (properties.roleArn() != null) ? accountOf(properties.roleArn()) : null;
	}

	private ReferencePolicy() {
		this.untrustedSources = new Globs(List.of());
		this.allowed = new Globs(List.of());
		this.region = null;
		this.account = null;
	}

	private static @Nullable String accountOf(String arn) {
		String[] parts = arn.split(":", 6);
		return (parts.length == 6) ? parts[4] : null;
	}

	boolean isTrusted(PropertySource<?> source) {
		return !MANAGER_SOURCE_NAME.equals(source.getName()) && !this.untrustedSources.matches(source.getName());
	}

	/**
	 * Return why a reference is refused.
	 * @param use the reference where it stands
	 * @param reference what it asks for
	 * @return the problem, or {@code null} if the reference is not refused
	 */
	@Nullable ReferenceProblem problem(ReferenceUse use, ResolvedReference reference) {
		PropertySource<?> source = use.property().source();
		if (source != null && !isTrusted(source)) {
			return ReferenceProblems.notTrusted(use, source);
		}
		return isAllowed(reference.selector().id()) ? null : ReferenceProblems.notAllowed(use, reference);
	}

	private boolean isAllowed(SecretId id) {
		return this.allowed.isEmpty() || this.allowed.matches(id.value())
				|| (isOurOwn(id) && this.allowed.matches(id.name()));
	}

	private boolean isOurOwn(SecretId id) {
		return id.isArn() && this.account != null && this.account.equals(id.arnAccount()) && this.region != null
				&& this.region.equals(id.arnRegion());
	}

}
