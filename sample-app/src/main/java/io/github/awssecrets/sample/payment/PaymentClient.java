package io.github.awssecrets.sample.payment;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.stereotype.Component;

/**
 * A client of a payment provider that calls nobody: it only says what it was given, and
 * never shows it. It takes its key when it is built, as clients often do, so a rotation
 * has to build another one: that is what {@code @RefreshScope} does.
 */
@Component
@RefreshScope
public class PaymentClient {

	private final PaymentProperties properties;

	private final String keyId;

	private final String partnerToken;

	private final Instant built = Instant.now();

	PaymentClient(PaymentProperties properties, @Value("${payment.key-id}") String keyId,
			@Value("$<secret:prod/partner-token>") String partnerToken) {
		this.properties = properties;
		this.keyId = keyId;
		this.partnerToken = partnerToken;
	}

	/**
	 * Return what this client works with.
	 * @return its state, all of one moment
	 */
	public State state() {
		Map<String, Boolean> settings = new LinkedHashMap<>();
		settings.put("api-key", !this.properties.getApiKey().isEmpty());
		settings.put("fallback-key", !this.properties.getFallbackKey().isEmpty());
		settings.put("merchant-id", !this.properties.getMerchantId().isEmpty());
		settings.put("webhook-key", !this.properties.getWebhookKey().isEmpty());
		settings.put("partner-token", this.properties.getPartnerTokens().contains(this.partnerToken));
		return new State(this.built, this.keyId, this.properties.getKeyId(), settings);
	}

	/**
	 * What a client works with.
	 *
	 * @param built when it was built
	 * @param keyId what the provider calls the key that it was built with
	 * @param propertiesKeyId the same, as the properties say now
	 * @param settings whether there is a value, by the setting's name
	 */
	public record State(Instant built, String keyId, String propertiesKeyId, Map<String, Boolean> settings) {
	}

}
