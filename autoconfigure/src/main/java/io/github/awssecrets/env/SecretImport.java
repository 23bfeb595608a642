package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.github.awssecrets.reference.KeyTemplate;
import io.github.awssecrets.reference.ReferenceSyntaxException;
import io.github.awssecrets.reference.SecretReference;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.reference.Template;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code spring.config.import} of a secret asks for: the keys of a JSON secret as
 * properties, or the whole secret as one.
 *
 * @param selector the version of a secret
 * @param prefix the text before each key, to the letter; possibly empty
 * @param name the name, after the prefix, of the property that gets the whole secret, not
 * empty; {@code null} if each key is a property
 * @param optional whether the secret need not exist
 */
record SecretImport(SecretSelector selector, String prefix, @Nullable String name, boolean optional) {

	/** What the location of such an import starts with. */
	static final String LOCATION_PREFIX = "secret:";

	private static final String OPTIONAL_PREFIX = "optional:";

	/**
	 * Parse a location.
	 * @param location the location, with neither {@code optional:} nor {@code secret:}
	 * @param optional whether the secret need not exist
	 * @return the import
	 * @throws ReferenceSyntaxException if the location breaks the rules
	 */
	static SecretImport parse(String location, boolean optional) {
		int questionMark = location.indexOf('?');
		String id = (questionMark != -1) ? location.substring(0, questionMark) : location;
		if (id.isEmpty()) {
			throw new ReferenceSyntaxException("The id of the secret is empty. Write its name or ARN after 'secret:'");
		}
		ImportOptions options = ImportOptions.parse((questionMark != -1) ? location.substring(questionMark + 1) : null);
		// The rules for the id, and for options that contradict it or each other
		SecretReference whole = new SecretReference(Template.literal(id), new KeyTemplate.Whole(),
				template(options.value("stage")), template(options.value("version")), template(options.value("region")),
				null);
		String prefix = options.value("prefix");
		return new SecretImport(whole.resolve(UnaryOperator.identity()).selector(), (prefix != null) ? prefix : "",
				options.value("name"), optional);
	}

	private static @Nullable Template template(@Nullable String text) {
		return (text != null) ? Template.literal(text) : null;
	}

	/**
	 * Return the name of the property that a key becomes.
	 * @param key the key
	 * @return the name
	 */
	String property(String key) {
		return this.prefix + key;
	}

	/**
	 * Return the reference to exactly one top-level key.
	 * @param key the key
	 * @return the reference
	 */
	SecretReference reference(String key) {
		// Only a pointer can name the empty key
		return reference(key.isEmpty() ? new KeyTemplate.Pointer(List.of(Template.literal("")))
				: new KeyTemplate.Exact(Template.literal(key)));
	}

	/**
	 * Return the reference to the whole secret.
	 * @return the reference
	 */
	SecretReference whole() {
		return reference(new KeyTemplate.Whole());
	}

	private SecretReference reference(KeyTemplate key) {
		return new SecretReference(Template.literal(this.selector.id().value()), key, template(this.selector.stage()),
				template(this.selector.versionId()), template(region()), null);
	}

	private @Nullable String region() {
		return this.selector.id().isArn() ? null : this.selector.region();
	}

	/**
	 * Return the canonical location: equal imports have equal ones.
	 */
	@Override
	public String toString() {
		List<String> options = new ArrayList<>();
		addOption("prefix", this.prefix.isEmpty() ? null : this.prefix, options);
		addOption("name", this.name, options);
		addOption("stage", this.selector.stage(), options);
		addOption("version", this.selector.versionId(), options);
		addOption("region", region(), options);
		return (this.optional ? OPTIONAL_PREFIX : "") + LOCATION_PREFIX + this.selector.id()
				+ (options.isEmpty() ? "" : "?" + String.join("&", options));
	}

	private static void addOption(String name, @Nullable String value, List<String> options) {
		if (value != null) {
			options.add(name + "=" + value);
		}
	}

}
