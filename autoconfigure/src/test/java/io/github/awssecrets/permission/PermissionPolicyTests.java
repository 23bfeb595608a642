package io.github.awssecrets.permission;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.awssecrets.permission.PermissionPolicy.Statement;
import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.SecretVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PermissionPolicy}.
 */
class PermissionPolicyTests {

	private static final String ARN = "arn:aws:secretsmanager:eu-west-1:210987654321:secret:shared/db-AbCdEf";

	private final Set<SecretSelector> secrets = new LinkedHashSet<>();

	private final Map<SecretSelector, RetrievalOutcome> outcomes = new LinkedHashMap<>();

	private final Map<SecretSelector, String> keys = new LinkedHashMap<>();

	private @Nullable String region = "eu-west-1";

	private @Nullable String role;

	@Test
	void toJsonWhenEverythingIsKnownIsCompleteDocument() {
		retrieved(secret("prod/db"), "123456789012");
		retrieved(secret("prod/payment"), "123456789012");
		this.keys.put(secret("prod/payment"), "arn:aws:kms:eu-west-1:123456789012:key/0a1b");
		assertThat(policy().toJson()).isEqualTo("""
				{
				  "Version": "2012-10-17",
				  "Statement": [
				    {
				      "Effect": "Allow",
				      "Action": "secretsmanager:BatchGetSecretValue",
				      "Resource": "*"
				    },
				    {
				      "Effect": "Allow",
				      "Action": [
				        "secretsmanager:GetSecretValue",
				        "secretsmanager:DescribeSecret"
				      ],
				      "Resource": [
				        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-??????",
				        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/payment-??????"
				      ]
				    },
				    {
				      "Effect": "Allow",
				      "Action": "kms:Decrypt",
				      "Resource": "arn:aws:kms:eu-west-1:123456789012:key/0a1b",
				      "Condition": {
				        "StringEquals": {
				          "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com"
				        }
				      }
				    }
				  ]
				}""");
	}

	@Test
	void toJsonWhenNothingIsUsedAllowsNothing() {
		assertThat(policy().toJson()).isEqualTo("""
				{
				  "Version": "2012-10-17",
				  "Statement": []
				}""");
	}

	@Test
	void ofWhenOneSecretInEachRegionNeedsNoBatch() {
		secret("a");
		secret("a", "us-east-1", null, null);
		secret("b", null, "AWSPREVIOUS", null);
		secret("b", null, null, "00000000-0000-4000-8000-000000000001");
		secret("a", null, "AWSCURRENT", null);
		secret("a", "eu-west-1", null, null);
		assertThat(policy().statements()).extracting(Statement::actions)
			.containsExactly(List.of("secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"));
	}

	@Test
	void ofWhenOwnRegionIsUnknownItMayBeThatOfAnotherSecret() {
		this.region = null;
		secret("a");
		assertThat(policy().statements()).hasSize(1);
		secret("b", "us-east-1", null, null);
		assertThat(policy().statements()).extracting(Statement::actions)
			.first()
			.isEqualTo(List.of("secretsmanager:BatchGetSecretValue"));
	}

	@Test
	void ofWhenAskedByNameAndArnNeedsBatch() {
		secret(ARN);
		secret("shared/db");
		assertThat(policy().statements()).hasSize(2);
	}

	@Test
	void ofWhenNothingIsKnownOfNameHasAsterisks() {
		this.region = null;
		secret("a");
		assertThat(resources()).containsExactly("arn:aws:secretsmanager:*:*:secret:a-??????");
	}

	@Test
	void ofWhenRoleIsAssumedHasItsPartitionAndAccount() {
		this.region = null;
		this.role = "arn:aws-us-gov:iam::123456789012:role/orders";
		secret("a");
		assertThat(resources()).containsExactly("arn:aws-us-gov:secretsmanager:*:123456789012:secret:a-??????");
	}

	@ParameterizedTest
	@CsvSource({ "eu-west-1, aws", "cn-north-1, aws-cn", "us-gov-west-1, aws-us-gov" })
	void ofWhenRegionIsKnownHasItsPartition(String region, String partition) {
		this.region = region;
		secret("a");
		assertThat(resources())
			.containsExactly("arn:" + partition + ":secretsmanager:" + region + ":*:secret:a-??????");
	}

	@Test
	void ofWhenAnotherSecretWasAnsweredHasAccountAndRegionOfThatAnswer() {
		this.region = null;
		retrieved(secret("a"), "123456789012");
		secret("b");
		secret("c", "us-east-1", null, null);
		assertThat(resources()).containsExactly("arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-??????",
				"arn:aws:secretsmanager:eu-west-1:123456789012:secret:b-??????",
				"arn:aws:secretsmanager:us-east-1:123456789012:secret:c-??????");
	}

	@Test
	void ofWhenDeniedHasPartitionAndAccountOfTheDenial() {
		this.region = null;
		SecretSelector denied = secret("a");
		this.outcomes.put(denied,
				new RetrievalFailure(RetrievalFailure.Cause.ACCESS_DENIED, denied.id(), "us-iso-east-1",
						"secretsmanager:GetSecretValue", "arn:aws-iso:sts::123456789012:assumed-role/orders/i-0ab",
						"123456789012", null, 400, "AccessDeniedException", null, 1, null));
		assertThat(resources())
			.containsExactly("arn:aws-iso:secretsmanager:us-iso-east-1:123456789012:secret:a-??????");
	}

	@Test
	void ofWhenAskedByArnAllowsThatSecretOnly() {
		secret(ARN);
		retrieved(secret("a"), "123456789012");
		assertThat(resources()).containsExactly("arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-??????", ARN);
	}

	@Test
	void ofWhenNameAllowsArnLeavesArnOut() {
		SecretSelector byArn = secret(ARN);
		retrieved(byArn, "210987654321");
		retrieved(secret("shared/db"), "210987654321");
		assertThat(resources())
			.containsExactly("arn:aws:secretsmanager:eu-west-1:210987654321:secret:shared/db-??????");
	}

	@Test
	void ofWhenArnIsOfAnotherAccountSaysNothingOfOurOwn() {
		retrieved(secret(ARN), "210987654321");
		secret("a");
		assertThat(resources()).containsExactly("arn:aws:secretsmanager:eu-west-1:*:secret:a-??????", ARN);
	}

	@Test
	void ofWhenNameLooksLikeArnOfLongerNameKeepsQuestionMarksApart() {
		retrieved(secret("team-abcdef"), "123456789012");
		assertThat(resources())
			.containsExactly("arn:aws:secretsmanager:eu-west-1:123456789012:secret:team-abcdef-??????");
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			0a1b,                                          arn:aws:kms:eu-west-1:123456789012:key/0a1b
			arn:aws:kms:eu-west-1:999999999999:key/mrk-0a, arn:aws:kms:eu-west-1:999999999999:key/mrk-0a
			""")
	void ofWhenKeyIsOfCustomerAllowsToDecryptThroughSecretsManager(String key, String resource) {
		retrieved(secret("a"), "123456789012");
		this.keys.put(secret("a"), key);
		assertThat(policy().statements()).last()
			.isEqualTo(new Statement(List.of("kms:Decrypt"), List.of(resource),
					Map.of("StringEquals", Map.of("kms:ViaService", "secretsmanager.eu-west-1.amazonaws.com"))));
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			alias/orders,                                      123456789012
			arn:aws:kms:eu-west-1:999999999999:alias/orders,   999999999999
			""")
	void ofWhenKeyHasAliasNamesItInCondition(String key, String account) {
		retrieved(secret("a"), "123456789012");
		this.keys.put(secret("a"), key);
		assertThat(policy().statements()).last()
			.isEqualTo(new Statement(List.of("kms:Decrypt"), List.of("arn:aws:kms:eu-west-1:" + account + ":key/*"),
					Map.of("StringEquals", Map.of("kms:ViaService", "secretsmanager.eu-west-1.amazonaws.com"),
							"ForAnyValue:StringEquals", Map.of("kms:ResourceAliases", "alias/orders"))));
	}

	@ParameterizedTest
	@CsvSource({ "alias/aws/secretsmanager", "arn:aws:kms:eu-west-1:123456789012:alias/aws/secretsmanager", "'a\" b'" })
	void ofWhenKeyIsOfAwsOrNoneAllowsNothingForIt(String key) {
		retrieved(secret("a"), "123456789012");
		this.keys.put(secret("a"), key);
		assertThat(policy().statements()).hasSize(1);
	}

	@Test
	void ofWhenKeysAreInSeveralRegionsHasStatementForEach() {
		retrieved(secret("a"), "123456789012");
		retrieved(secret("b"), "123456789012");
		this.keys.put(secret("a"), "0a");
		this.keys.put(secret("b"), "0b");
		this.keys.put(secret("c", "us-east-1", null, null), "0c");
		List<Statement> statements = policy().statements();
		assertThat(statements.subList(2, statements.size())).extracting(Statement::resources)
			.containsExactly(
					List.of("arn:aws:kms:eu-west-1:123456789012:key/0a", "arn:aws:kms:eu-west-1:123456789012:key/0b"),
					List.of("arn:aws:kms:us-east-1:123456789012:key/0c"));
		assertThat(statements.get(3).conditions())
			.isEqualTo(Map.of("StringEquals", Map.of("kms:ViaService", "secretsmanager.us-east-1.amazonaws.com")));
	}

	@Test
	void ofWhenKeyIsInChinaNamesTheServiceThere() {
		this.region = "cn-north-1";
		this.keys.put(secret("a"), "0a");
		assertThat(policy().statements()).last()
			.isEqualTo(new Statement(List.of("kms:Decrypt"), List.of("arn:aws-cn:kms:cn-north-1:*:key/0a"),
					Map.of("StringEquals", Map.of("kms:ViaService", "secretsmanager.cn-north-1.amazonaws.com.cn"))));
	}

	private SecretSelector secret(String id) {
		return secret(id, null, null, null);
	}

	private SecretSelector secret(String id, @Nullable String region, @Nullable String stage,
			@Nullable String version) {
		SecretSelector selector = new SecretSelector(new SecretId(id), region, stage, version);
		this.secrets.add(selector);
		return selector;
	}

	private void retrieved(SecretSelector selector, String account) {
		String arn = selector.id().isArn() ? selector.id().value()
				: "arn:aws:secretsmanager:eu-west-1:%s:secret:%s-AbCdEf".formatted(account, selector.id());
		this.outcomes.put(selector, new SecretVersion(arn, selector.id().name(), "eu-west-1", "v", Set.of(),
				SecretContent.ofText("x"), null, Instant.EPOCH));
	}

	private PermissionPolicy policy() {
		return PermissionPolicy.of(this.secrets, this.outcomes, this.region, this.role, this.keys);
	}

	private List<String> resources() {
		return policy().statements()
			.stream()
			.filter((statement) -> statement.actions().contains("secretsmanager:GetSecretValue"))
			.flatMap((statement) -> statement.resources().stream())
			.toList();
	}

}
