package io.github.awssecrets.reference;

import java.util.Base64;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The content of one version of a secret: text, which may be JSON, or bytes. It never
 * shows what it holds, except to those who ask for it by {@link #whole()} or
 * {@link #find(KeySelector)}.
 * <p>
 * Immutable to all who use it, and safe for use by many threads. JSON is parsed once,
 * when it is first asked for a key; from then on its text is not kept, but made from the
 * values for those who ask for all of it.
 */
public final class SecretContent {

	/* Until it is known to be JSON */
	private volatile @Nullable String whole;

	private final boolean binary;

	private volatile @Nullable JsonDocument document;

	private SecretContent(String whole, boolean binary) {
		this.whole = whole;
		this.binary = binary;
	}

	/**
	 * Return the content of a text secret.
	 * @param text the text, kept as it is
	 * @return the content
	 */
	public static SecretContent ofText(String text) {
		return new SecretContent(text, false);
	}

	/**
	 * Return the content of a binary secret.
	 * @param bytes the bytes, which are copied
	 * @return the content
	 */
	public static SecretContent ofBinary(byte[] bytes) {
		return new SecretContent(Base64.getEncoder().encodeToString(bytes), true);
	}

	/**
	 * Return whether this is the content of a binary secret.
	 * @return whether the secret holds bytes, not text
	 */
	public boolean isBinary() {
		return this.binary;
	}

	/**
	 * Return the whole content.
	 * @return the text, or the Base64 of the bytes (RFC 4648, section 4, with padding)
	 */
	public String whole() {
		String whole = this.whole;
		return (whole != null) ? whole : Objects.requireNonNull(document().text());
	}

	/**
	 * Find the part of this content that a reference wants. Text counts as JSON if it
	 * starts, after white space, as an object or an array: other text, also a number or a
	 * quoted string, has no keys.
	 * @param key the part
	 * @return the value, or why there is none; never an exception
	 */
	public KeyResult find(KeySelector key) {
		if (key instanceof KeySelector.Whole) {
			return new KeyResult.Found(whole());
		}
		return this.binary ? new KeyResult.Binary() : document().find(key);
	}

	/**
	 * Return the names of the top-level keys.
	 * @return the names in natural order; empty if this content is not a JSON object
	 */
	public List<String> keys() {
		return this.binary ? List.of() : document().keys();
	}

	/**
	 * Return why this content has no top-level keys.
	 * @return the reason, or {@code null} if this content is a JSON object, which may be
	 * empty
	 */
	public @Nullable KeyResult lackOfKeys() {
		return this.binary ? new KeyResult.Binary() : document().lackOfKeys();
	}

	private JsonDocument document() {
		JsonDocument document = this.document;
		if (document == null) {
			synchronized (this) {
				document = this.document;
				if (document == null) {
					document = parse();
				}
			}
		}
		return document;
	}

	private JsonDocument parse() {
		String text = whole();
		JsonDocument document = JsonDocument.parse(text);
		this.document = document;
		if (text.equals(document.text())) {
			this.whole = null;
		}
		return document;
	}

	@Override
	public String toString() {
		return this.binary ? "SecretContent[binary]" : "SecretContent[text]";
	}

}
