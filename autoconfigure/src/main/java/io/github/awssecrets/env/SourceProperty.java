package io.github.awssecrets.env;

import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * A text as a user wrote it, and where: a property of a source, or an annotation. Two are
 * equal if they are the same property with the same text: origins, of which Spring makes
 * new ones all the time, have no part in it.
 *
 * @param name the name of the property in its source, or the annotation
 * @param text the raw text
 * @param source the source of the property, or {@code null} if it is not of one
 * @param origin where the property was written; {@code null} if it is not of a source, or
 * if the source is to be asked
 */
record SourceProperty(String name, String text, @Nullable PropertySource<?> source, @Nullable Origin origin) {

	/*
	 * What the JVM and Boot make properties of their own from. The references in it are
	 * those of these properties, and may be quoted or escaped differently there.
	 */
	private static final Set<String> CARRIERS = Set.of("sun.java.command", "spring.application.json",
			"SPRING_APPLICATION_JSON", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "JAVA_OPTS");

	static SourceProperty of(PropertySource<?> source, String name, String text) {
		return new SourceProperty(name, text, source, null);
	}

	static SourceProperty of(ConfigurationProperty property) {
		return new SourceProperty(property.getName().toString(), String.valueOf(property.getValue()), null,
				property.getOrigin());
	}

	static SourceProperty ofValueAnnotation(String text) {
		return new SourceProperty("@Value", text, null, null);
	}

	/**
	 * Return the text of a property that may hold references.
	 * @param source the source
	 * @param name the name of the property in it
	 * @return the text, or {@code null} if the value is none, if it only carries other
	 * properties, or if it cannot be read yet, as with a test's supplier that waits for
	 * its container
	 */
	static @Nullable String textOf(PropertySource<?> source, String name) {
		try {
			return (!CARRIERS.contains(name) && source.getProperty(name) instanceof CharSequence text) ? text.toString()
					: null;
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	/**
	 * Return where the property was written. The source is asked each time, as few
	 * origins are ever wanted.
	 */
	@Override
	public @Nullable Origin origin() {
		return (this.origin == null && this.source != null) ? PropertySourceOrigin.get(this.source, this.name)
				: this.origin;
	}

	/**
	 * Return the name that people know the property by.
	 * @return the name; of an environment variable that of the property it stands for
	 */
	String displayName() {
		return isVariable() ? ConfigurationPropertyName.adapt(this.name, '_').toString() : this.name;
	}

	/**
	 * Return whether this is an environment variable, whose name Boot maps to others.
	 * @return whether this is one
	 */
	boolean isVariable() {
		return this.source != null && isSystemEnvironment(this.source);
	}

	/**
	 * Return whether Boot maps the names of a source as those of environment variables
	 * (Spring Boot 4.1, {@code SpringConfigurationPropertySource}).
	 * @param source the source
	 * @return whether it does
	 */
	static boolean isSystemEnvironment(PropertySource<?> source) {
		String name = source.getName();
		return source instanceof SystemEnvironmentPropertySource
				&& (name.equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)
						|| name.endsWith("-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME));
	}

	/**
	 * Return whether this is a property of an imported secret.
	 * @return whether this is one
	 */
	boolean isImported() {
		return this.source instanceof SecretImportPropertySource;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof SourceProperty property && this.name.equals(property.name)
				&& this.text.equals(property.text) && Objects.equals(this.source, property.source);
	}

	@Override
	public int hashCode() {
		return 31 * this.name.hashCode() + this.text.hashCode();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
