package io.github.awssecrets.env;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.awssecrets.reference.ResolvedReference;
import io.github.awssecrets.reference.SecretId;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.env.ConfigTreePropertySource;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Who may name what: refuses references in sources that are not trusted, and to secrets
 * that the application is not allowed to name.
 */
class ReferencePolicy {

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

	private final Set<String> trusted = ConcurrentHashMap.newKeySet();

	private volatile boolean started;

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

	ReferencePolicy() {
		this.untrustedSources = new Globs(List.of());
		this.allowed = new Globs(List.of());
		this.region = null;
		this.account = null;
	}

	private static @Nullable String accountOf(String arn) {
		String[] parts = arn.split(":", 6);
		return (parts.length == 6) ? parts[4] : null;
	}

	/**
	 * Trust no source that is added from now on, but for those that a refresh reads from
	 * config data again: whoever can add one at run time need not be who configured the
	 * application.
	 * @param sources the sources there are
	 */
	void endStart(List<PropertySource<?>> sources) {
		sources.forEach((source) -> this.trusted.add(source.getName()));
		this.started = true;
	}

	/**
	 * Return whether references in a source are heeded. The source of an import is
	 * trusted no more than that in which the import is written.
	 * @param source the source
	 * @return whether it is trusted
	 */
	boolean isTrusted(PropertySource<?> source) {
		String name = source.getName();
		if (isConfigData(source)) {
			// By name, for when others put a source of theirs in its place
			this.trusted.add(name);
		}
		PropertySource<?> importing = (source instanceof SecretImportPropertySource secret)
				? secret.use().property().source() : null;
		return (importing == null || isTrusted(importing)) && !MANAGER_SOURCE_NAME.equals(name)
				&& !this.untrustedSources.matches(name) && (!this.started || this.trusted.contains(name));
	}

	private static boolean isConfigData(PropertySource<?> source) {
		return source instanceof OriginTrackedMapPropertySource || source instanceof ConfigTreePropertySource
				|| source instanceof SecretImportPropertySource;
	}

	/**
	 * Return why a reference or import is refused.
	 * @param use the place that asks for a secret
	 * @param reference what it asks for
	 * @return the problem, or {@code null} if it is not refused
	 */
	@Nullable ReferenceProblem problem(SecretUse use, ResolvedReference reference) {
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
