package io.github.awssecrets.reference;

import java.util.List;

/**
 * The parsed text of one property: literal text and references to secrets, in order.
 * Immutable. Two are equal if their segments are, wherever in the raw text they stood.
 */
public final class ReferenceText {

	private final List<Segment> segments;

	private ReferenceText(List<Segment> segments) {
		this.segments = segments;
	}

	/**
	 * Return whether a text has to be parsed: cheap, and {@code true} for an escaped
	 * reference too.
	 * @param raw the text as it stands in a property source
	 * @return whether <code>$&lt;secret:</code> occurs in it
	 */
	public static boolean mayContainReference(String raw) {
		return ReferenceSyntax.REFERENCES.mayContainReference(raw);
	}

	/**
	 * Parse a text in which only <code>$&lt;secret:...&gt;</code> is a reference.
	 * @param raw the text as it stands in a property source
	 * @return the parsed text
	 * @throws ReferenceSyntaxException if a reference in it breaks the rules
	 */
	public static ReferenceText parse(String raw) {
		return parse(raw, ReferenceSyntax.REFERENCES);
	}

	/**
	 * Parse a text. Takes time in proportion to its length, whatever it holds.
	 * @param raw the text as it stands in a property source
	 * @param syntax the spellings of references that are heeded
	 * @return the parsed text
	 * @throws ReferenceSyntaxException if a reference in it breaks the rules
	 */
	public static ReferenceText parse(String raw, ReferenceSyntax syntax) {
		return new ReferenceText(ReferenceTextParser.parse(raw, syntax));
	}

	/**
	 * Find what looks like a reference but is none, so that it stays literal text: a word
	 * in place of <code>$&lt;secret:</code> that differs in case, number or punctuation.
	 * What a backslash escapes is meant so, and is no near miss.
	 * @param raw the text as it stands in a property source, valid or not
	 * @return the near misses in order
	 */
	public static List<NearMiss> nearMisses(String raw) {
		return NearMissFinder.find(raw);
	}

	/**
	 * Return the segments of this text.
	 * @return the segments in order, none of them empty and no two literals adjacent
	 */
	public List<Segment> segments() {
		return this.segments;
	}

	/**
	 * Return the references of this text.
	 * @return the references in order, as often as they occur
	 */
	public List<SecretReference> references() {
		return this.segments.stream()
			.filter(Reference.class::isInstance)
			.map((segment) -> ((Reference) segment).reference())
			.toList();
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof ReferenceText text && this.segments.equals(text.segments);
	}

	@Override
	public int hashCode() {
		return this.segments.hashCode();
	}

	/**
	 * Return the canonical raw text: parsing it yields an equal text. It shows literal
	 * text and defaults, and so does not belong in messages.
	 * @return the raw text
	 */
	@Override
	public String toString() {
		return ReferencePrinter.print(this.segments);
	}

	/**
	 * A segment of a text.
	 */
	public sealed interface Segment permits Literal, Reference {

	}

	/**
	 * Literal text: what the application would read, before Spring's own placeholders are
	 * resolved. The backslashes before <code>$&lt;secret:</code> are applied, all else is
	 * untouched: also one before <code>${secret:</code>, which Spring takes away.
	 *
	 * @param text the text; not empty
	 */
	public record Literal(String text) implements Segment {

	}

	/**
	 * A reference at its place. The place has no part in equality.
	 *
	 * @param reference the reference
	 * @param column where it opens in the raw text, counted in {@code char}s from 1
	 */
	public record Reference(SecretReference reference, int column) implements Segment {

		@Override
		public boolean equals(Object other) {
			return other instanceof Reference segment && this.reference.equals(segment.reference);
		}

		@Override
		public int hashCode() {
			return this.reference.hashCode();
		}

	}

}
