package io.github.awssecrets.adopter;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the application.
 *
 * @param apiKey a reference
 * @param retries a number, which a test sets to a reference
 */
@ConfigurationProperties("shop")
record ShopProperties(String apiKey, @DefaultValue("3") int retries) {

}
