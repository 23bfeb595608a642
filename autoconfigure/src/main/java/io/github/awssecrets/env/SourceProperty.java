package io.github.awssecrets.env;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * A text as a user wrote it, and where: a property of a source, or an annotation.
 *
 * @param name the name of the property in its source, or the annotation
 * @param text the raw text
 * @param source the source of the property, or {@code null} if it is not of one
 * @param origin where the property was written, or {@code null} if it is not of a source
 */
record SourceProperty(String name, String text, @Nullable PropertySource<?> source, @Nullable Origin origin) {

	static SourceProperty of(PropertySource<?> source, String name, String text) {
		return new SourceProperty(name, text, source, PropertySourceOrigin.get(source, name));
	}

	static SourceProperty ofValueAnnotation(String text) {
		return new SourceProperty("@Value", text, null, null);
	}

	/**
	 * Return the text of a property that may hold references.
	 * @param source the source
	 * @param name the name of the property in it
	 * @return the text, or {@code null} if the value is none, or cannot be read yet, as
	 * with a test's supplier that waits for its container
	 */
	static @Nullable String textOf(PropertySource<?> source, String name) {
		try {
			return (source.getProperty(name) instanceof CharSequence text) ? text.toString() : null;
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	/**
	 * Return the name that people know the property by.
	 * @return the name; of an environment variable that of the property it stands for
	 */
	String displayName() {
		return (this.source instanceof SystemEnvironmentPropertySource)
				? ConfigurationPropertyName.adapt(this.name, '_').toString() : this.name;
	}

	@Override
	public String toString() {
		return this.name;
	}

}
