package io.github.awssecrets.env;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.awssecrets.reference.KeyResult;
import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what holds values of secrets does not show them as text.
 */
class RedactedTextTests {

	private static final String ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf";

	private static final String VALUE = Canary.value("prod/db", 1);

	@Test
	void toStringWhenVersionNamesSecretAndVersionOnly() {
		SecretVersion version = new SecretVersion(ARN, "prod/db", "eu-west-1", "7179a0a0", Set.of("AWSCURRENT"),
				SecretContent.ofText(VALUE), null, Instant.EPOCH);
		assertThat(version).hasToString("SecretVersion[" + ARN + ", version 7179a0a0 [AWSCURRENT], eu-west-1]");
	}

	@Test
	void toStringWhenContentShowsItsKindOnly() {
		assertThat(SecretContent.ofText(VALUE)).hasToString("SecretContent[text]");
		assertThat(SecretContent.ofBinary(VALUE.getBytes(StandardCharsets.UTF_8))).hasToString("SecretContent[binary]");
	}

	@Test
	void toStringWhenFoundDoesNotShowValue() {
		assertThat(new KeyResult.Found(VALUE)).hasToString("Found[value=***]");
	}

	@Test
	void toStringWhenPartDoesNotShowText() {
		assertThat(new SecretValues.Part(VALUE, true)).hasToString("Part[secret]");
		assertThat(new SecretValues.Part(VALUE, false)).hasToString("Part[literal]");
	}

	@Test
	void toStringWhenPropertyDoesNotShowText() {
		assertThat(new SourceProperty("app.key", VALUE, null, null)).hasToString("app.key");
	}

	@Test
	void toStringWhenResolvedTextDoesNotShowDefaults() {
		ReferenceUse use = Uses.of("$<secret:prod/db.password:changeit>").use();
		ResolvedText defaultText = new ResolvedText(List.of(new ResolvedText.Literal(VALUE)));
		ResolvedText text = new ResolvedText(
				List.of(new ResolvedText.Literal(VALUE), new ResolvedText.Target(use, null, null, defaultText)));
		assertThat(Canary.isIn(text.toString())).isFalse();
		assertThat(use.toString()).doesNotContain("changeit");
		assertThat(text.toString()).doesNotContain("changeit");
	}

	@Test
	void toStringWhenOriginNamesSecretsAndVersionsOnly() {
		assertThat(new SecretOrigin(null, Map.of("prod/db", "7179a0a0", "a", "b")))
			.hasToString("secret a, version b; secret prod/db, version 7179a0a0");
	}

}
