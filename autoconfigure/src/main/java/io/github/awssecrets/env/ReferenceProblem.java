package io.github.awssecrets.env;

import org.jspecify.annotations.Nullable;

/**
 * Why a reference has no value, in words for people: nothing of a secret is in it but
 * names.
 *
 * @param property the name of the property, or the annotation, that holds the reference
 * @param location where that was written, such as {@code application.yml:8:15}
 * @param reference the reference as written, its default hidden, or {@code null} if the
 * text is not one
 * @param secret the secret that was asked for, or {@code null} if there is something
 * wrong with the reference before that
 * @param description what is wrong
 * @param action what to do about it
 */
public record ReferenceProblem(String property, String location, @Nullable String reference,
		@Nullable AskedSecret secret, String description, String action) {

	static ReferenceProblem of(SourceProperty property, @Nullable String reference, String description, String action) {
		return new ReferenceProblem(property.displayName(), Locations.describe(property), reference, null, description,
				action);
	}

	ReferenceProblem about(AskedSecret secret) {
		return new ReferenceProblem(this.property, this.location, this.reference, secret, this.description,
				this.action);
	}

	/**
	 * Return this problem on one line.
	 */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(this.property).append(" in ").append(this.location).append(": ");
		if (this.reference != null) {
			text.append(this.reference).append(": ");
		}
		text.append(this.description).append(' ').append(this.action);
		return text.toString().replaceAll("\\R\\s*", " ");
	}

}
