package io.github.awssecrets.embedded;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.secretsmanager.model.APIErrorType;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretValueEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the enforcement of a policy, as the AWS SDK sees it.
 */
class PolicyIntegrationTests extends AbstractSdkTests {

	private static final String USER = "User: arn:aws:sts::123456789012:assumed-role/application/embedded is not"
			+ " authorized to perform: secretsmanager:";

	@BeforeEach
	void createSecrets() {
		this.server.create("prod/db", "one");
		this.server.create("test/db", "two");
	}

	@Test
	void getSecretValueIsAllowedWhereThePolicySaysSo() {
		allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-??????");
		assertThat(get("prod/db")).isEqualTo("one");
		assertThat(get(this.server.arn("prod/db"))).isEqualTo("one");
		assertDenied("GetSecretValue on resource: test/db", "GetSecretValue", () -> get("test/db"));
		assertDenied("GetSecretValue on resource: " + this.server.arn("test/db"), "GetSecretValue",
				() -> get(this.server.arn("test/db")));
	}

	@Test
	void getSecretValueWhenMissingIsDeniedUnlessThePolicyCoversTheName() {
		allow("secretsmanager:*", "*:secret:prod/*");
		assertFails(ResourceNotFoundException.class, "Secrets Manager can't find the specified secret.",
				() -> get("prod/none"));
		assertDenied("GetSecretValue on resource: test/none", "GetSecretValue", () -> get("test/none"));
	}

	@Test
	void otherOperationsNeedTheirOwnPermission() {
		allow("secretsmanager:GetSecretValue", "*");
		assertDenied("PutSecretValue on resource: prod/db", "PutSecretValue",
				() -> this.client.putSecretValue((request) -> request.secretId("prod/db").secretString("x")));
		assertDenied("CreateSecret on resource: new", "CreateSecret",
				() -> this.client.createSecret((request) -> request.name("new").secretString("x")));
		assertDenied("ListSecrets", "ListSecrets", () -> this.client.listSecrets());
		this.server.removePolicy();
		assertThat(this.client.listSecrets().secretList()).hasSize(2);
	}

	@ParameterizedTest
	@CsvSource({ "1234abcd, key/1234abcd, true", "1234abcd, key/other, false",
			"arn:aws:kms:eu-west-1:111122223333:key/1234abcd, key/1234abcd, false", "alias/app, key/*, true",
			"alias/aws/secretsmanager, key/none, true" })
	void secretWithKeyOfCustomerNeedsPermissionToDecrypt(String key, String resource, boolean allowed) {
		this.client.updateSecret((request) -> request.secretId("prod/db").kmsKeyId(key));
		this.server.policy("""
				{"Statement":[{"Effect":"Allow","Action":"secretsmanager:*","Resource":"*"},
				{"Effect":"Allow","Action":"kms:Decrypt","Resource":"arn:aws:kms:eu-west-1:123456789012:%s",
				"Condition":{"StringEquals":{"kms:ViaService":"secretsmanager.eu-west-1.amazonaws.com"}}}]}"""
			.formatted(resource));
		BatchGetSecretValueResponse response = this.client
			.batchGetSecretValue((request) -> request.secretIdList("prod/db", "test/db"));
		if (allowed) {
			assertThat(get("prod/db")).isEqualTo("one");
			assertThat(response.secretValues()).hasSize(2);
		}
		else {
			assertFails(SecretsManagerException.class, "AccessDeniedException", "Access to KMS is not allowed",
					() -> get("prod/db"));
			assertThat(response.secretValues()).extracting(SecretValueEntry::name).containsExactly("test/db");
			assertThat(response.errors()).extracting(APIErrorType::message)
				.containsExactly("Access to KMS is not allowed");
		}
	}

	@Test
	void batchNeedsItsOwnPermissionOnTheAccount() {
		allow("secretsmanager:*", "arn:aws:secretsmanager:*:*:secret:*");
		assertDenied("BatchGetSecretValue", "BatchGetSecretValue",
				() -> this.client.batchGetSecretValue((request) -> request.secretIdList("prod/db")));
	}

	@Test
	void batchNeedsGetSecretValueForEachSecret() {
		this.server.policy("""
				{"Version":"2012-10-17","Statement":[
				{"Effect":"Allow","Action":"secretsmanager:BatchGetSecretValue","Resource":"*"},
				{"Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":"*:secret:prod/*"}]}""");
		BatchGetSecretValueResponse response = this.client
			.batchGetSecretValue((request) -> request.secretIdList("prod/db", "test/db"));
		assertThat(response.secretValues()).extracting(SecretValueEntry::name).containsExactly("prod/db");
		assertThat(response.errors()).singleElement().satisfies((error) -> {
			assertThat(error.errorCode()).isEqualTo("AccessDeniedException");
			assertThat(error.message()).isEqualTo(USER + "GetSecretValue on resource: test/db because no identity-based"
					+ " policy allows the secretsmanager:GetSecretValue action");
		});
		assertDenied("ListSecrets", "ListSecrets",
				() -> this.client.batchGetSecretValue((request) -> request.filters(nameFilter("prod/"))));
	}

	@Test
	void denialIsExplicitWhereThePolicyDenies() {
		this.server.policy("""
				{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},
				{"Effect":"Deny","Action":"secretsmanager:GetSecretValue","Resource":"*:secret:prod/*"}]}""");
		assertFails(SecretsManagerException.class, "AccessDeniedException",
				USER + "GetSecretValue on resource: prod/db with an explicit deny in an identity-based policy",
				() -> get("prod/db"));
		assertThat(this.client.batchGetSecretValue((request) -> request.secretIdList("prod/db", "test/db")).errors())
			.extracting(APIErrorType::secretId)
			.containsExactly("prod/db");
	}

	private void allow(String action, String resource) {
		this.server.policy(
				"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"%s\",".formatted(action)
						+ "\"Resource\":\"%s\"}]}".formatted(resource));
	}

	private static void assertDenied(String what, String operation, ThrowingCallable call) {
		assertFails(SecretsManagerException.class, "AccessDeniedException",
				USER + what + " because no identity-based policy allows the secretsmanager:" + operation + " action",
				call);
	}

	private String get(String id) {
		return this.client.getSecretValue((request) -> request.secretId(id)).secretString();
	}

}
