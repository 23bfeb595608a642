package io.github.awssecrets.env;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.awssecrets.reference.KeyResult;
import io.github.awssecrets.reference.KeySelector;
import io.github.awssecrets.reference.ReferenceSyntaxException;
import io.github.awssecrets.reference.ReferenceText;
import io.github.awssecrets.retrieval.SecretVersion;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.PropertySource;

/**
 * The properties of an Environment as people see them, in the answers of endpoints: a
 * value that comes from a secret, or is composed with one, is masked as a whole. Told by
 * where the value comes from; where that is not known, also by the value. Retrieves
 * nothing.
 */
public final class ShownProperties {

	/* From how many characters on a text can be told to hold a value */
	private static final int TELLING_LENGTH = 6;

	private final SecretsEnvironment secrets;

	private final TwinValues values;

	ShownProperties(SecretsEnvironment secrets, TwinValues values) {
		this.secrets = secrets;
		this.values = values;
	}

	/**
	 * Read properties for people on this thread: values that they must not see are
	 * constants, and reading a reference neither fails nor retrieves anything.
	 * @param <T> the type of the result
	 * @param reading reads the properties
	 * @return what that returned
	 */
	public <T> T read(Supplier<T> reading) {
		return this.values.pictures().masked(reading);
	}

	/**
	 * Return what people see in the place of a value.
	 * @param source the source that the value was read from, or {@code null} if it is not
	 * known
	 * @param name the name of the property, in that source or in relaxed form
	 * @param value the value, its placeholders resolved
	 * @return a constant, or the text of a reference without its default, or {@code null}
	 * if they may see the value
	 */
	public @Nullable String masked(@Nullable PropertySource<?> source, String name, Object value) {
		if (isConfidential(source, name)) {
			return Pictures.MASKED;
		}
		String text = String.valueOf(value);
		return (!(source instanceof Twin) && holdsSecret(text)) ? Pictures.MASKED : withoutDefaults(text);
	}

	private boolean isConfidential(@Nullable PropertySource<?> source, String name) {
		if (source == null) {
			return isOfSecret(ConfigurationPropertyName.adapt(name, '.'));
		}
		return (source instanceof Twin twin) ? isConfidential(twin, name) : isComposed(source, name);
	}

	private boolean isConfidential(Twin twin, String name) {
		SourceProperty property = twin.referencing().get(name);
		if (property != null) {
			return this.values.isConfidential(property);
		}
		ConfigurationPropertyName relaxed = ConfigurationPropertyName.adapt(name, '.');
		for (String other : twin.getPropertyNames()) {
			char separator = (twin instanceof SystemEnvironmentTwin) ? '_' : '.';
			if (other.equals(name) || ConfigurationPropertyName.adapt(other, separator).equals(relaxed)) {
				property = twin.referencing().get(other);
				return property != null && this.values.isConfidential(property);
			}
		}
		// An element of a collection or bean that was made from one value
		return true;
	}

	/**
	 * Return whether a property, or what it is a part of, has its value from a secret.
	 */
	private boolean isOfSecret(ConfigurationPropertyName name) {
		for (int elements = name.getNumberOfElements(); elements > 0; elements--) {
			SourceProperty property = this.secrets.effective().get(name.chop(elements));
			if (property != null) {
				return this.values.isConfidential(property);
			}
		}
		return false;
	}

	/**
	 * Return whether a text as it is written leads to a secret through placeholders.
	 */
	private boolean isComposed(PropertySource<?> source, String name) {
		return source.getProperty(name) instanceof CharSequence text && text.toString().contains("${")
				&& this.values.isConfidential(SourceProperty.of(source, name, text.toString()));
	}

	private @Nullable String withoutDefaults(String text) {
		if (!this.values.syntax().mayContainReference(text)) {
			return null;
		}
		try {
			ReferenceText parsed = ReferenceText.parse(text, this.values.syntax());
			return parsed.references().stream().anyMatch((reference) -> reference.defaultValue() != null)
					? withoutDefaults(parsed) : null;
		}
		catch (ReferenceSyntaxException ex) {
			return Pictures.MASKED;
		}
	}

	private static String withoutDefaults(ReferenceText text) {
		return text.segments()
			.stream()
			.map((segment) -> (segment instanceof ReferenceText.Reference reference)
					? reference.reference().toMaskedString() : ((ReferenceText.Literal) segment).text())
			.collect(Collectors.joining());
	}

	private boolean holdsSecret(String text) {
		return text.length() >= TELLING_LENGTH
				&& this.secrets.usedSecrets().stream().anyMatch((used) -> holds(text, used));
	}

	private boolean holds(String text, UsedSecret used) {
		return this.secrets.snapshots().current().outcome(used.selector()) instanceof SecretVersion version
				&& keys(used, version).stream()
					.anyMatch((key) -> version.content().find(key) instanceof KeyResult.Found found
							&& found.value().length() >= TELLING_LENGTH && text.contains(found.value())
							&& !this.values.shownKeys().areShown(key, version));
	}

	private static Set<KeySelector> keys(UsedSecret used, SecretVersion version) {
		Set<KeySelector> keys = new LinkedHashSet<>(used.keys());
		if (used.imported() || keys.stream().anyMatch(KeySelector.Whole.class::isInstance)) {
			version.content()
				.keys()
				.stream()
				.filter((name) -> !name.isEmpty())
				.forEach((name) -> keys.add(new KeySelector.Exact(name)));
		}
		return keys;
	}

}
