package io.github.awssecrets.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A KMS key of a customer, as the resource of a permission. There is no KMS here: every
 * key exists, and nothing is encrypted.
 *
 * @param arn the ARN of the key
 * @param alias the alias by which a secret names it, or {@code null}
 */
record KmsKey(String arn, @Nullable String alias) {

	private static final String ALIAS = "alias/";

	private static final String KEY = "key/";

	/**
	 * The key of a secret.
	 * @param id the id or ARN of a key or an alias, as the secret has it, if any
	 * @param secretArn the ARN of the secret
	 * @return the key, or {@code null} if it is that of AWS, which needs no permission
	 */
	static @Nullable KmsKey of(@Nullable String id, String secretArn) {
		String name = (id != null) ? id.substring(id.lastIndexOf(':') + 1) : "alias/aws/secretsmanager";
		if (name.startsWith("alias/aws/")) {
			return null;
		}
		String[] parts = (id != null && SecretArn.isArn(id)) ? id.split(":", 6) : secretArn.split(":", 6);
		String prefix = "arn:%s:kms:%s:%s:".formatted(parts[1], parts[3], parts[4]);
		if (name.startsWith(ALIAS)) {
			// Some key, the same one for the same alias
			UUID key = UUID.nameUUIDFromBytes((prefix + name).getBytes(StandardCharsets.UTF_8));
			return new KmsKey(prefix + KEY + key, name);
		}
		return new KmsKey(prefix + (name.startsWith(KEY) ? name : KEY + name), null);
	}

	/**
	 * What conditions can ask about a use of this key.
	 */
	Map<String, Set<String>> context(String region) {
		String suffix = this.arn.startsWith("arn:aws-cn:") ? ".cn" : "";
		return Map.of("kms:viaservice", Set.of("secretsmanager.%s.amazonaws.com%s".formatted(region, suffix)),
				"kms:resourcealiases", (this.alias != null) ? Set.of(this.alias) : Set.of());
	}

}
