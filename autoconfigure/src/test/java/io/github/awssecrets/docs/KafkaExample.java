package io.github.awssecrets.docs;

import java.util.Map;

import io.github.awssecrets.credentials.CredentialConsumer;
import org.apache.kafka.common.config.SaslConfigs;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/**
 * The example of a producer of Kafka that logs in with SASL.
 */
final class KafkaExample {

	private KafkaExample() {
	}

	// docs
	record KafkaLogin(String username, String password) {

		String jaas() {
			return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
				.formatted(escape(this.username), escape(this.password));
		}

		private static String escape(String text) {
			return text.replace("\\", "\\\\").replace("\"", "\\\"");
		}

	}

	@Configuration
	static class KafkaConfiguration {

		@Bean
		CredentialConsumer<KafkaLogin> kafkaLogin(DefaultKafkaProducerFactory<?, ?> producers) {
			return CredentialConsumer.of("orders.kafka", KafkaLogin.class, (login) -> {
				producers.updateConfigs(Map.of(SaslConfigs.SASL_JAAS_CONFIG, login.jaas()));
				// What is being sent is sent; the next message takes a new producer
				producers.reset();
			});
		}

	}
	// end

}
