package io.github.awssecrets.sample.payment;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * A client of a payment provider that calls nobody: it only says what it was given, and
 * never shows it.
 */
@Component
public class PaymentClient {

	private final PaymentProperties properties;

	private final String partnerToken;

	PaymentClient(PaymentProperties properties, @Value("$<secret:prod/partner-token>") String partnerToken) {
		this.properties = properties;
		this.partnerToken = partnerToken;
	}

	/**
	 * Return which settings have a value.
	 * @return whether there is one, by the setting's name
	 */
	public Map<String, Boolean> settings() {
		Map<String, Boolean> settings = new LinkedHashMap<>();
		settings.put("api-key", !this.properties.getApiKey().isEmpty());
		settings.put("fallback-key", !this.properties.getFallbackKey().isEmpty());
		settings.put("merchant-id", !this.properties.getMerchantId().isEmpty());
		settings.put("webhook-key", !this.properties.getWebhookKey().isEmpty());
		settings.put("partner-token", this.properties.getPartnerTokens().contains(this.partnerToken));
		return settings;
	}

}
