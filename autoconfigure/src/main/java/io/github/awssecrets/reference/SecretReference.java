package io.github.awssecrets.reference;

import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * One reference to a secret as a user writes it, with placeholders still in it:
 * {@code $<secret:prod/db.password?stage=AWSPREVIOUS:changeit>}.
 *
 * @param id the name or ARN of the secret; not empty
 * @param key the part of the secret that is wanted
 * @param stage the version stage of option {@code stage}, not empty, or {@code null}
 * @param version the version id of option {@code version}, not empty, or {@code null};
 * excludes a stage
 * @param region the Region of option {@code region}, not empty, or {@code null}; must not
 * contradict the Region of an ARN
 * @param defaultValue the value that applies where the secret or the key does not exist,
 * possibly empty, or {@code null} if there is none
 */
public record SecretReference(Template id, KeyTemplate key, @Nullable Template stage, @Nullable Template version,
		@Nullable Template region, @Nullable Template defaultValue) {

	private static final String CURRENT_STAGE = "AWSCURRENT";

	public SecretReference {
		requireId(id);
		requireValue("stage", stage);
		requireValue("version", version);
		requireValue("region", region);
		if (stage != null && version != null) {
			throw new ReferenceSyntaxException(
					"The options 'stage' and 'version' exclude each other. Write only one of them");
		}
		if (region != null && region.isLiteral() && id.isLiteral()) {
			Arn.requireSameRegion(id.toString(), region.toString());
		}
	}

	static void requireId(Template id) {
		if (id.isEmpty()) {
			throw new ReferenceSyntaxException("The id of the secret is empty. "
					+ "Write the name or ARN of a secret after '$<secret:', as in $<secret:prod/db.password>");
		}
	}

	private static void requireValue(String option, @Nullable Template value) {
		if (value != null && value.isEmpty()) {
			throw new ReferenceSyntaxException(
					"Option '%s' has no value. Write '%s=' and a value, or leave the option out".formatted(option,
							option));
		}
	}

	/**
	 * Return whether there is no placeholder in id, key and options.
	 * @return whether this reference always resolves to the same secret and key
	 */
	boolean isLiteral() {
		return this.id.isLiteral() && this.key.isLiteral() && isLiteral(this.stage) && isLiteral(this.version)
				&& isLiteral(this.region);
	}

	private static boolean isLiteral(@Nullable Template template) {
		return template == null || template.isLiteral();
	}

	/**
	 * Return what this reference asks for, with the placeholders of id, key and options
	 * replaced. The default is not resolved.
	 * @param placeholders called once for each placeholder, in the order id, key, stage,
	 * version, region, with the placeholder as written; what it answers is never parsed
	 * @return the secret and the key that are wanted
	 * @throws ReferenceSyntaxException if what results is not a legal id, key, stage,
	 * version id or Region; the message does not show what placeholders yielded
	 */
	public ResolvedReference resolve(UnaryOperator<String> placeholders) {
		String resolvedId = this.id.resolve(placeholders);
		KeySelector resolvedKey = this.key.resolve(placeholders);
		String resolvedStage = resolve(this.stage, placeholders);
		String resolvedVersion = resolve(this.version, placeholders);
		String resolvedRegion = resolve(this.region, placeholders);
		SecretSelector selector = new SecretSelector(secretId(resolvedId, resolvedKey), resolvedRegion,
				CURRENT_STAGE.equals(resolvedStage) ? null : resolvedStage, resolvedVersion);
		return new ResolvedReference(selector, resolvedKey);
	}

	private static @Nullable String resolve(@Nullable Template template, UnaryOperator<String> placeholders) {
		return (template != null) ? template.resolve(placeholders) : null;
	}

	private SecretId secretId(String resolvedId, KeySelector resolvedKey) {
		try {
			return new SecretId(resolvedId);
		}
		catch (ReferenceSyntaxException ex) {
			OtherReading other = (this.id.isLiteral() && this.key.isLiteral())
					? OtherReading.ofDottedArn(resolvedId, resolvedKey) : null;
			throw (other != null) ? new ReferenceSyntaxException(ex.getReason() + "; " + other) : ex;
		}
	}

	/**
	 * Return the text of this reference with its default hidden, for messages: a default
	 * may be a password.
	 * @return the text, such as {@code $<secret:prod/db.password:***>}
	 */
	public String toMaskedString() {
		return ReferencePrinter.printMasked(this);
	}

	/**
	 * Return the canonical text of this reference, default included: parsing it yields an
	 * equal reference. Use {@link #toMaskedString()} in messages.
	 * @return the text, such as {@code $<secret:prod/db.password:changeit>}
	 */
	@Override
	public String toString() {
		return ReferencePrinter.print(this);
	}

}
