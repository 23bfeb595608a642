package io.github.awssecrets.env;

import io.github.awssecrets.reference.ReferenceSyntax;
import io.github.awssecrets.reference.ReferenceText;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;

/**
 * Recognizes failures to read a property that are due to a reference which stands where
 * it is taken for the value itself.
 */
public final class EarlyReferences {

	private static final int MAXIMUM_DEPTH = 16;

	private EarlyReferences() {
	}

	/**
	 * Return what is wrong in place of a failure.
	 * @param failure the failure
	 * @return what is wrong, or {@code null} if the failure has another cause
	 */
	public static @Nullable UnresolvedReferenceException find(BindException failure) {
		ConfigurationProperty property = failure.getProperty();
		String group = (property != null) ? EarlyProperties.always().groupOf(property.getName()) : null;
		if (property == null || group == null || !showsReference(property, failure)) {
			return null;
		}
		SourceProperty source = new SourceProperty(property.getName().toString(), String.valueOf(property.getValue()),
				null, property.getOrigin());
		return new UnresolvedReferenceException(ReferenceProblems.early(source, group, ReferenceSyntax.REFERENCES));
	}

	/**
	 * Return whether there is a reference in the property, or in what its placeholders
	 * yield, which the causes of the failure show.
	 */
	private static boolean showsReference(ConfigurationProperty property, Throwable failure) {
		boolean shown = ReferenceText.mayContainReference(String.valueOf(property.getValue()));
		Throwable cause = failure;
		for (int i = 0; i < MAXIMUM_DEPTH && cause != null && !shown; i++) {
			shown = ReferenceText.mayContainReference(String.valueOf(cause.getMessage()));
			cause = cause.getCause();
		}
		return shown;
	}

}
