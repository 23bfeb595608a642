package io.github.awssecrets.embedded;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for GetRandomPassword, as the AWS SDK sees it.
 */
class GetRandomPasswordIntegrationTests extends AbstractSdkTests {

	@Test
	void passwordWhenNothingIsSaidHas32CharactersOfAllTypes() {
		String password = this.client.getRandomPassword((request) -> {
		}).randomPassword();
		assertThat(password).matches("[!-~]{32}")
			.containsPattern("[A-Z]")
			.containsPattern("[a-z]")
			.containsPattern("[0-9]")
			.containsPattern("[!-/:-@\\[-`{-~]");
		assertThat(this.client.getRandomPassword((request) -> {
		}).randomPassword()).isNotEqualTo(password);
	}

	@Test
	void passwordFollowsAllParameters() {
		assertThat(this.client
			.getRandomPassword((request) -> request.passwordLength(4096L)
				.excludeLowercase(true)
				.excludeNumbers(true)
				.excludePunctuation(true)
				.excludeCharacters("ABC")
				.includeSpace(true))
			.randomPassword()).matches("[D-Z ]{4096}").contains(" ");
		assertThat(this.client
			.getRandomPassword(
					(request) -> request.excludeUppercase(true).requireEachIncludedType(false).passwordLength(1L))
			.randomPassword()).matches("[!-@\\[-~]");
	}

	@Test
	void passwordWhenLengthIsOutOfRangeFails() {
		assertFails(SecretsManagerException.class, "ValidationException",
				"1 validation error detected: Value '0' at 'passwordLength' failed to satisfy constraint: Member must have"
						+ " value greater than or equal to 1",
				() -> this.client.getRandomPassword((request) -> request.passwordLength(0L)));
		assertFails(SecretsManagerException.class, "ValidationException",
				"1 validation error detected: Value '4097' at 'passwordLength' failed to satisfy constraint: Member must"
						+ " have value less than or equal to 4096",
				() -> this.client.getRandomPassword((request) -> request.passwordLength(4097L)));
		assertFails(InvalidParameterException.class, "Password length is too short based on the required types.",
				() -> this.client.getRandomPassword((request) -> request.passwordLength(3L)));
	}

	@Test
	void passwordNeedsItsOwnPermission() {
		this.server.policy("""
				{"Statement":{"Effect":"Allow","Action":"secretsmanager:Get*Value","Resource":"*"}}""");
		assertFails(SecretsManagerException.class, "AccessDeniedException",
				"User: arn:aws:sts::123456789012:assumed-role/application/embedded is not authorized to perform:"
						+ " secretsmanager:GetRandomPassword because no identity-based policy allows the"
						+ " secretsmanager:GetRandomPassword action",
				() -> this.client.getRandomPassword((request) -> {
				}));
	}

	@Test
	void passwordWhenSwitchIsNoBooleanFails() throws IOException, InterruptedException {
		assertThat(new RawClient(this.server).post("GetRandomPassword", "{\"IncludeSpace\":\"yes\"}").body())
			.contains("SerializationException", "IncludeSpace is neither true nor false.");
	}

}
