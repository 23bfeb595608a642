package io.github.awssecrets.docs;

import io.github.awssecrets.credentials.CredentialConsumer;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.stereotype.Component;

/**
 * The example of an OAuth2 client.
 */
final class OAuth2Example {

	private OAuth2Example() {
	}

	// docs
	record ClientLogin(String clientId, String clientSecret, String tokenUri) {
	}

	@Component
	static class PaymentClients implements ClientRegistrationRepository, CredentialConsumer<ClientLogin> {

		private volatile ClientRegistration payment;

		@Override
		public String prefix() {
			return "payment.login";
		}

		@Override
		public Class<ClientLogin> type() {
			return ClientLogin.class;
		}

		@Override
		public void accept(ClientLogin login) {
			this.payment = ClientRegistration.withRegistrationId("payment")
				.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
				.tokenUri(login.tokenUri())
				.clientId(login.clientId())
				.clientSecret(login.clientSecret())
				.build();
		}

		@Override
		public ClientRegistration findByRegistrationId(String id) {
			return id.equals("payment") ? this.payment : null;
		}

	}
	// end

}
