package io.github.awssecrets.adopter;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells the digest of the API key, and none of a key itself.
 */
@RestController
class ShopController {

	private final ShopProperties properties;

	private final String value;

	ShopController(ShopProperties properties, @Value("${shop.api-key}") String value) {
		this.properties = properties;
		this.value = value;
	}

	@GetMapping("/")
	int digest() {
		return this.properties.apiKey().equals(this.value) ? this.value.hashCode() : 0;
	}

}
