package io.github.awssecrets.env;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.awssecrets.reference.Braces;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * The answers to look-ups of the name {@code secret:...}, where
 * <code>${secret:...}</code> is a reference: Spring's placeholder parser asks for the
 * full text of a placeholder before it splits it at a colon (Spring Framework 7.0,
 * {@code PlaceholderParser}). So references work in texts that no property source and no
 * annotation of a bean holds. Each read is a read of one reference; its secret is
 * retrieved when it is first read.
 */
final class SecretLookups {

	/* What Spring asks for if there is a placeholder in the placeholder. */
	private static final String PREFIX = "secret";

	private final SourceProperties properties;

	private final TextResolver resolver;

	private final SecretValues values;

	private final ReferencePolicy policy;

	private final UsedSecrets used;

	private final Set<String> answered = ConcurrentHashMap.newKeySet();

	SecretLookups(SourceProperties properties, TextResolver resolver, SecretValues values, ReferencePolicy policy,
			UsedSecrets used) {
		this.properties = properties;
		this.resolver = resolver;
		this.values = values;
		this.policy = policy;
		this.used = used;
	}

	private boolean isOn() {
		return this.resolver.syntax().heedsPlaceholders();
	}

	/**
	 * Require that no property has the name that references take.
	 * @throws SecretPropertyException if there is one
	 */
	void requireUnusedName() {
		SourceProperty property = isOn() ? this.properties.find(PREFIX) : null;
		if (property != null) {
			throw new SecretPropertyException(property);
		}
	}

	/**
	 * Return whether a look-up is one of a reference.
	 * @param name the name that is looked up
	 * @return whether {@link #read} answers it, be it with a failure
	 */
	boolean isReference(String name) {
		return this.resolver.syntax().isPlaceholderName(name) && isClosed(name);
	}

	private static boolean isClosed(String name) {
		String placeholder = placeholder(name);
		return Braces.of(placeholder).closing(0) == placeholder.length() - 1;
	}

	private static String placeholder(String name) {
		return "${" + name + "}";
	}

	/**
	 * Read a reference by its name.
	 * @param name the name that is looked up
	 * @return the text from which Spring's placeholder parser makes the value, or
	 * {@code null} if the name is not that of a reference
	 * @throws UnresolvedReferenceException if the reference has no value
	 */
	@Nullable CharSequence read(String name) {
		if (isOn() && name.equals(PREFIX)) {
			return new Refusal(ReferenceProblems.composed(property(name)));
		}
		if (!isReference(name)) {
			return null;
		}
		SpringEscapes.requireDefaultCharacter();
		ResolvedText text = this.resolver.resolveStrictly(property(name));
		text.targets().forEach((target) -> requireNotOfUntrusted(name, target.use()));
		this.answered.add(name);
		String value = this.values.compose(text);
		this.used.add(text);
		return SpringEscapes.escapePlaceholders(value);
	}

	/**
	 * Return what a look-up reads.
	 * @param name the name that is looked up
	 * @return the text that is resolved for it
	 */
	static SourceProperty property(String name) {
		return new SourceProperty(name, placeholder(name), null, Place.LOOKUP);
	}

	/**
	 * Require that it is not a source without trust that makes Spring look up a name. Of
	 * one that was added without notice there is no twin that refuses to be read.
	 */
	private void requireNotOfUntrusted(String name, ReferenceUse use) {
		String placeholder = placeholder(name);
		for (PropertySource<?> source : this.properties.sources()) {
			if (!this.policy.isTrusted(source) && source instanceof EnumerablePropertySource<?> enumerable
					&& holds(enumerable, placeholder)) {
				throw new UnresolvedReferenceException(ReferenceProblems.notTrusted(use, source));
			}
		}
	}

	private static boolean holds(EnumerablePropertySource<?> source, String placeholder) {
		for (String name : source.getPropertyNames()) {
			String text = name.isEmpty() ? null : SourceProperty.textOf(source, name);
			if (text != null && text.contains(placeholder)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return the names that were read so far.
	 * @return the names, of no order
	 */
	Set<String> answered() {
		return Set.copyOf(this.answered);
	}

	/**
	 * Return the origin of the value of a reference.
	 * @param name the name that is looked up
	 * @return the origin, or {@code null} if there is none
	 */
	@Nullable Origin origin(String name) {
		if (!isReference(name)) {
			return null;
		}
		try {
			SecretOrigin origin = new SecretOrigin(Place.LOOKUP,
					this.values.versions(this.resolver.resolveStrictly(property(name))));
			return origin.versions().isEmpty() ? null : origin;
		}
		catch (UnresolvedReferenceException ex) {
			return null;
		}
	}

	/**
	 * A value that cannot be read. Boot, which maps relaxed names, takes a failure to
	 * find a value for absence (Spring Boot 4.1,
	 * {@code SpringConfigurationPropertySource}), but not one to read it.
	 */
	private record Refusal(ReferenceProblem problem) implements CharSequence {

		@Override
		public int length() {
			throw failure();
		}

		@Override
		public char charAt(int index) {
			throw failure();
		}

		@Override
		public CharSequence subSequence(int start, int end) {
			throw failure();
		}

		@Override
		public String toString() {
			throw failure();
		}

		private UnresolvedReferenceException failure() {
			return new UnresolvedReferenceException(this.problem);
		}

	}

	/**
	 * Where a reference stands that was looked up.
	 */
	private enum Place implements Origin {

		LOOKUP;

		@Override
		public String toString() {
			return "a look-up by name";
		}

	}

}
