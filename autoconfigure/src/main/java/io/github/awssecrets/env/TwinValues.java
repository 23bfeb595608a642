package io.github.awssecrets.env;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

import io.github.awssecrets.reference.ReferenceSyntax;
import io.github.awssecrets.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.util.function.SingletonSupplier;

/**
 * The values that twins answer with: composed once for each snapshot, or at each read if
 * there are placeholders in the text, and escaped so that Spring's placeholder parser
 * gives back exactly the value.
 */
final class TwinValues {

	private final TextResolver resolver;

	private final SecretValues values;

	private final ShownKeys shownKeys;

	/* Of texts without placeholders, which always resolve to the same. */
	private final ConcurrentMap<SourceProperty, KnownText> known = new ConcurrentHashMap<>();

	private final Pictures pictures = new Pictures();

	private volatile Supplier<Set<SourceProperty>> effective = Set::of;

	private volatile boolean failed;

	TwinValues(TextResolver resolver, SecretValues values, ShownKeys shownKeys) {
		this.resolver = resolver;
		this.values = values;
		this.shownKeys = shownKeys;
	}

	/**
	 * Return how references are written.
	 * @return the syntax
	 */
	ReferenceSyntax syntax() {
		return this.resolver.syntax();
	}

	/**
	 * Start again for the properties that were found anew, without values: those of a
	 * snapshot that is not current any more must not be kept, even if nobody reads them
	 * again.
	 * @param found the properties that there are
	 */
	void startAgain(Collection<SourceProperty> found) {
		// Rarely asked for
		Supplier<Set<SourceProperty>> effective = SingletonSupplier.of(() -> Set.copyOf(found));
		if (!this.known.isEmpty()) {
			this.known.keySet().retainAll(effective.get());
			this.known.values().forEach(KnownText::forget);
		}
		this.effective = effective;
		this.failed = false;
	}

	/**
	 * Forget all that was resolved, as it may now resolve to something else.
	 */
	void forget() {
		this.known.clear();
	}

	/**
	 * Return the value of a property for Spring's placeholder parser.
	 * @param property the property
	 * @return the text from which the parser makes the value
	 * @throws UnresolvedReferenceException if one of its references has no value
	 */
	String read(SourceProperty property) {
		KnownValue value = knownValue(property);
		if (value != null) {
			return value.text();
		}
		try {
			return this.values.consistently(() -> compose(property));
		}
		catch (UnresolvedReferenceException ex) {
			this.failed = true;
			throw ex;
		}
	}

	private @Nullable KnownValue knownValue(SourceProperty property) {
		KnownText text = this.known.get(property);
		return (text != null) ? text.value(property, this.values.snapshot()) : null;
	}

	private String compose(SourceProperty property) {
		Snapshot snapshot = this.values.snapshot();
		String value = SpringEscapes.escapePlaceholders(text(property));
		KnownText text = this.known.get(property);
		// What was retrieved just now belongs to the next snapshot
		if (text != null && this.values.areKnown() && this.values.isCurrent(snapshot)) {
			text.keep(new KnownValue(property, snapshot, value, origin(property, text.text())));
			if (!this.values.isCurrent(snapshot)) {
				// Whoever made another one current may have started again before
				text.forget();
			}
		}
		return value;
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
		catch (PlaceholderResolutionException ex) {
			throw new UnresolvedReferenceException(ReferenceProblems.placeholder(property, ex));
		}
	}

	/**
	 * Return the keys of secrets that people may see the values of.
	 * @return the keys
	 */
	ShownKeys shownKeys() {
		return this.shownKeys;
	}

	/**
	 * Return the pictures of all properties, in which values have no part that cannot be
	 * read.
	 * @return the pictures
	 */
	Pictures pictures() {
		return this.pictures;
	}

	/**
	 * Return what a property is in a picture.
	 * @param property the property
	 * @return its value, or a constant that stands for it
	 */
	String picture(SourceProperty property) {
		if (this.pictures.isPending(property)) {
			return Pictures.PENDING;
		}
		if (this.pictures.areMasked() && isConfidential(property)) {
			return Pictures.MASKED;
		}
		String value = this.effective.get().contains(property) ? retrieved(property) : null;
		return (value != null) ? value : Pictures.NOT_READ;
	}

	/**
	 * Return whether people must not see the value of a property. What cannot be resolved
	 * they see no more than that.
	 * @param property the property
	 * @return whether it holds or leads to references, other than to keys that are shown
	 */
	boolean isConfidential(SourceProperty property) {
		try {
			Snapshot snapshot = this.values.snapshot();
			return resolve(property).targets()
				.stream()
				.anyMatch((target) -> target.reference() == null || !this.shownKeys.areShown(target.reference().key(),
						snapshot.outcome(target.reference().selector())));
		}
		catch (UnresolvedReferenceException | PlaceholderResolutionException ex) {
			return true;
		}
	}

	/**
	 * Return the value of a property, if that takes no retrieval.
	 * @param property the property
	 * @return the value, or {@code null} if there is none
	 */
	@Nullable String retrieved(SourceProperty property) {
		try {
			return this.values.composeRetrieved(resolve(property));
		}
		catch (UnresolvedReferenceException | PlaceholderResolutionException ex) {
			return null;
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
		KnownValue value = knownValue(property);
		if (value != null) {
			return value.origin();
		}
		try {
			return origin(property, resolve(property));
		}
		catch (UnresolvedReferenceException | PlaceholderResolutionException ex) {
			return property.origin();
		}
	}

	private @Nullable Origin origin(SourceProperty property, ResolvedText text) {
		SecretOrigin origin = new SecretOrigin(property.origin(), this.values.versions(text));
		return origin.versions().isEmpty() ? property.origin() : origin;
	}

	/**
	 * Resolve a property, once if it has no placeholders.
	 * @param property the property
	 * @return the resolved text
	 * @throws UnresolvedReferenceException if a reference breaks the grammar
	 * @throws PlaceholderResolutionException if a placeholder is circular or names
	 * nothing
	 */
	ResolvedText resolve(SourceProperty property) {
		KnownText known = this.known.get(property);
		if (known != null) {
			return known.text();
		}
		ResolvedText text = this.resolver.resolve(property);
		if (!hasPlaceholders(property)) {
			this.known.put(property, new KnownText(text));
		}
		return text;
	}

	/**
	 * Resolve a property as far as that is possible while other properties are missing.
	 * @param property the property
	 * @return the resolved text
	 * @throws UnresolvedReferenceException if a reference breaks the grammar
	 * @throws PlaceholderResolutionException if placeholders are circular
	 */
	ResolvedText resolveLeniently(SourceProperty property) {
		return hasPlaceholders(property) ? this.resolver.resolveLeniently(property) : resolve(property);
	}

	/**
	 * Return whether other properties have a part in what a property resolves to.
	 * @param property the property
	 * @return whether there are placeholders in its text
	 */
	static boolean hasPlaceholders(SourceProperty property) {
		return property.text().contains("${");
	}

	/**
	 * A text that always resolves to the same, and its last value.
	 */
	private static final class KnownText {

		private final ResolvedText text;

		private volatile @Nullable KnownValue value;

		KnownText(ResolvedText text) {
			this.text = text;
		}

		ResolvedText text() {
			return this.text;
		}

		/**
		 * Return the value, if it is of this snapshot and of exactly this property: an
		 * equal one may have another origin.
		 */
		@SuppressWarnings("ReferenceEquality")
		@Nullable KnownValue value(SourceProperty property, Snapshot snapshot) {
			KnownValue value = this.value;
			return (value != null && value.property() == property && value.snapshot() == snapshot) ? value : null;
		}

		void keep(KnownValue value) {
			this.value = value;
		}

		void forget() {
			this.value = null;
		}

	}

	/**
	 * A value and its origin. Never shows the value.
	 */
	private record KnownValue(SourceProperty property, Snapshot snapshot, String text, @Nullable Origin origin) {

		@Override
		public String toString() {
			return "KnownValue[%s]".formatted(this.property);
		}

	}

}
