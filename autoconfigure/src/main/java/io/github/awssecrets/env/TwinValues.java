package io.github.awssecrets.env;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.github.awssecrets.reference.ReferenceSyntax;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;
import org.springframework.util.PlaceholderResolutionException;

/**
 * The values that twins answer with: composed at each read, and escaped so that Spring's
 * placeholder parser gives back exactly the value.
 */
final class TwinValues {

	private final TextResolver resolver;

	private final SecretValues values;

	/* Of texts without placeholders, which always resolve to the same. */
	private final ConcurrentMap<SourceProperty, ResolvedText> resolved = new ConcurrentHashMap<>();

	private volatile boolean failed;

	TwinValues(TextResolver resolver, SecretValues values) {
		this.resolver = resolver;
		this.values = values;
	}

	/**
	 * Return how references are written.
	 * @return the syntax
	 */
	ReferenceSyntax syntax() {
		return this.resolver.syntax();
	}

	/**
	 * Return the value of a property for Spring's placeholder parser.
	 * @param property the property
	 * @return the text from which the parser makes the value
	 * @throws UnresolvedReferenceException if one of its references has no value
	 */
	String read(SourceProperty property) {
		return SpringEscapes.escapePlaceholders(text(property));
	}

	/**
	 * Return the value of a property.
	 * @param property the property
	 * @return the value
	 * @throws UnresolvedReferenceException if one of its references has no value
	 */
	String text(SourceProperty property) {
		try {
			return this.values.compose(resolve(property));
		}
		catch (UnresolvedReferenceException ex) {
			this.failed = true;
			throw ex;
		}
		catch (PlaceholderResolutionException ex) {
			this.failed = true;
			throw new UnresolvedReferenceException(ReferenceProblems.placeholder(property, ex));
		}
	}

	/**
	 * Return whether reads give the values, and not what stands for them meanwhile.
	 * @return whether secrets can be retrieved
	 */
	boolean areKnown() {
		return this.values.areKnown();
	}

	/**
	 * Return whether a read has failed so far.
	 * @return whether there are references without a value
	 */
	boolean hasFailed() {
		return this.failed;
	}

	/**
	 * Return the origin of the value of a property.
	 * @param property the property
	 * @return the origin, which names the secrets, or that of the property if it is not
	 * composed of any
	 */
	@Nullable Origin origin(SourceProperty property) {
		try {
			SecretOrigin origin = new SecretOrigin(property.origin(), this.values.versions(resolve(property)));
			return origin.versions().isEmpty() ? property.origin() : origin;
		}
		catch (UnresolvedReferenceException | PlaceholderResolutionException ex) {
			return property.origin();
		}
	}

	private ResolvedText resolve(SourceProperty property) {
		ResolvedText known = this.resolved.get(property);
		if (known != null) {
			return known;
		}
		ResolvedText text = this.resolver.resolve(property);
		if (!property.text().contains("${")) {
			this.resolved.put(property, text);
		}
		return text;
	}

}
