package io.github.awssecrets.sample.payment;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the payment provider. With setters, and not a record: so a rotation
 * reaches the bean while it is in use.
 */
@ConfigurationProperties("payment")
public class PaymentProperties {

	/**
	 * Key that the provider knows us by.
	 */
	private String apiKey = "";

	/**
	 * What the provider calls that key, which is not confidential.
	 */
	private String keyId = "";

	/**
	 * Key to try when the first one is refused, empty for none.
	 */
	private String fallbackKey = "";

	/**
	 * Number of our account.
	 */
	private String merchantId = "";

	/**
	 * Key that signs the provider's calls to us.
	 */
	private String webhookKey = "";

	/**
	 * Tokens that we accept from partners.
	 */
	private List<String> partnerTokens = List.of();

	public String getApiKey() {
		return this.apiKey;
	}

	public void setApiKey(String apiKey) {
		this.apiKey = apiKey;
	}

	public String getKeyId() {
		return this.keyId;
	}

	public void setKeyId(String keyId) {
		this.keyId = keyId;
	}

	public String getFallbackKey() {
		return this.fallbackKey;
	}

	public void setFallbackKey(String fallbackKey) {
		this.fallbackKey = fallbackKey;
	}

	public String getMerchantId() {
		return this.merchantId;
	}

	public void setMerchantId(String merchantId) {
		this.merchantId = merchantId;
	}

	public String getWebhookKey() {
		return this.webhookKey;
	}

	public void setWebhookKey(String webhookKey) {
		this.webhookKey = webhookKey;
	}

	public List<String> getPartnerTokens() {
		return this.partnerTokens;
	}

	public void setPartnerTokens(List<String> partnerTokens) {
		this.partnerTokens = partnerTokens;
	}

}
