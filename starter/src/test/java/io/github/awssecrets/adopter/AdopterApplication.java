package io.github.awssecrets.adopter;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/**
 * A web application with a database, whose credentials and API key are references.
 */
@SpringBootApplication
@EnableConfigurationProperties(ShopProperties.class)
class AdopterApplication {

}
