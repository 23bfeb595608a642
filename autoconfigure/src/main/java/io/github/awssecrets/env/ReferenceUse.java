package io.github.awssecrets.env;

import java.util.List;

import io.github.awssecrets.reference.Braces;
import io.github.awssecrets.reference.ReferenceText;
import io.github.awssecrets.reference.SecretReference;

/**
 * A reference where it stands.
 *
 * @param property the property that it is written in
 * @param reference the reference
 * @param column where it opens in the property's raw text, from 1
 */
record ReferenceUse(SourceProperty property, SecretReference reference, int column) {

	static ReferenceUse of(SourceProperty property, ReferenceText.Reference reference) {
		return new ReferenceUse(property, reference.reference(), reference.column());
	}

	/**
	 * Return what tells this reference from all others of an application.
	 * @return the place of the reference
	 */
	Object place() {
		String source = (this.property.source() != null) ? this.property.source().getName() : "";
		return List.of(source, this.property.name(), this.column);
	}

	/**
	 * Return the reference for messages.
	 * @return the reference in its canonical form with its default hidden, or as written
	 * where it is <code>${secret:...}</code>, which has no default
	 */
	String text() {
		String raw = this.property.text();
		int opening = this.column - 1;
		return raw.startsWith("${", opening) ? raw.substring(opening, Braces.of(raw).closing(opening) + 1)
				: this.reference.toMaskedString();
	}

	ReferenceProblem problem(String description, String action) {
		return ReferenceProblem.of(this.property, text(), description, action);
	}

	@Override
	public String toString() {
		return "%s in %s".formatted(text(), this.property);
	}

}
