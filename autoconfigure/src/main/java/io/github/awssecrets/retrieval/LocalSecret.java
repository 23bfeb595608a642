package io.github.awssecrets.retrieval;

import io.github.awssecrets.reference.KeyTemplate;
import io.github.awssecrets.reference.ReferenceSyntaxException;
import io.github.awssecrets.reference.ReferenceText;
import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretReference;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.reference.Template;
import org.jspecify.annotations.Nullable;

/**
 * A version of a secret in a file.
 *
 * @param selector what it is called there
 * @param content the content
 */
record LocalSecret(SecretSelector selector, SecretContent content) {

	/**
	 * Parse the name of a secret: its name or ARN, all dots included, and options as in a
	 * reference.
	 * @param text the text, such as {@code prod/db?stage=AWSPREVIOUS}
	 * @return what the text names
	 * @throws ReferenceSyntaxException if the text is not of that form
	 */
	static SecretSelector parse(String text) {
		int options = (text.indexOf('?') != -1) ? text.indexOf('?') : text.length();
		SecretId id = new SecretId(text.substring(0, options));
		if (options == text.length()) {
			return SecretSelector.current(id);
		}
		ReferenceText parsed = ReferenceText.parse("$<secret:%s#%s>".formatted(id, text.substring(options)));
		if (parsed.segments().size() != 1 || !isPlain(parsed.references().get(0))) {
			throw new ReferenceSyntaxException("After the name, only the options stage, version and region may follow");
		}
		return parsed.references().get(0).resolve((placeholder) -> placeholder).selector();
	}

	private static boolean isPlain(SecretReference reference) {
		return reference.key() instanceof KeyTemplate.Whole && reference.defaultValue() == null
				&& isLiteral(reference.stage()) && isLiteral(reference.version()) && isLiteral(reference.region());
	}

	private static boolean isLiteral(@Nullable Template option) {
		return option == null || option.isLiteral();
	}

}
