package io.github.awssecrets.reference;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The other way in which a dotted reference could have been meant: the id ends at the
 * first dot after its last slash, but the names of secrets may contain dots. Its
 * {@link #toString()} is the advice in words.
 *
 * @param secretName the name of the secret in the other reading
 * @param reference how to write a reference to it
 */
public record OtherReading(String secretName, String reference) {

	private static final Pattern ARN_SUFFIX = Pattern.compile("-[A-Za-z0-9]{6}(?=\\.|$)");

	static @Nullable OtherReading of(ResolvedReference reference) {
		if (!(reference.key() instanceof KeySelector.Dotted key)) {
			return null;
		}
		SecretId id = reference.selector().id();
		if (id.isArn()) {
			return ofDottedArn(id.value(), key);
		}
		String name = id.value() + "." + key.name();
		return new OtherReading(name, print(name, ""));
	}

	/**
	 * Return the other reading of an ARN, complete or not, with a dotted key. The name
	 * may go on after the dot, up to the {@code -} and six characters that end an ARN.
	 * @param arn the id, which need not be valid
	 * @param key the key
	 * @return the other reading, or {@code null} if there is only one
	 */
	static @Nullable OtherReading ofDottedArn(String arn, KeySelector key) {
		if (!Arn.isArn(arn) || !(key instanceof KeySelector.Dotted dotted)) {
			return null;
		}
		String name = dotted.name();
		int end = endOfArn(name);
		if (end == -1) {
			return null;
		}
		String completeArn = arn + "." + name.substring(0, end);
		String rest = (end < name.length()) ? name.substring(end + 1) : "";
		try {
			return new OtherReading(Arn.parse(completeArn).name(), print(completeArn, rest));
		}
		catch (ReferenceSyntaxException ex) {
			return null;
		}
	}

	private static int endOfArn(String key) {
		Matcher matcher = ARN_SUFFIX.matcher(key);
		int end = -1;
		while (matcher.find() && (end == -1 || matcher.end() < key.length())) {
			end = matcher.end();
		}
		return end;
	}

	private static String print(String id, String key) {
		KeyTemplate template = key.isEmpty() ? new KeyTemplate.Whole() : new KeyTemplate.Exact(Template.literal(key));
		return new SecretReference(Template.literal(id), template, null, null, null, null).toString();
	}

	@Override
	public String toString() {
		return "for a secret called '%s' write %s".formatted(this.secretName, this.reference);
	}

}
