package io.github.awssecrets.env;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RetrievalProblems} and {@link AccessProblems}.
 */
class RetrievalProblemsTests {

	private static final String ROLE = "arn:aws:sts::123456789012:assumed-role/orders/i-0ab";

	private static final String ARN = "arn:aws:secretsmanager:eu-west-1:210987654321:secret:shared-AbCdEf";

	@ParameterizedTest
	@MethodSource("texts")
	void describeWhenCauseHasItsText(Cause cause, String text) {
		assertThat(text(failure(cause), "$<secret:prod/db.password>")).isEqualTo(text);
	}

	static Stream<Arguments> texts() {
		Map<Cause, String> texts = new LinkedHashMap<>();
		texts.put(Cause.NOT_FOUND,
				"""
						No secret 'prod/db' in eu-west-1. (Looked for key 'password' of 'prod/db'; for a secret called 'prod/db.password' write $<secret:prod/db.password#>.)
						Create the secret, correct the name, or set aws.secrets.region.""");
		texts.put(Cause.VERSION_NOT_FOUND,
				"""
						Secret 'prod/db' in eu-west-1 has no value yet.
						Put a value into it: aws secretsmanager put-secret-value --secret-id prod/db --region eu-west-1 --secret-string file://value.json""");
		texts.put(Cause.ACCESS_DENIED, """
				Access denied: this application may not call secretsmanager:GetSecretValue on prod/db.
				Allow it: { "Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
				            "Resource": "arn:aws:secretsmanager:eu-west-1:*:secret:prod/db-??????" }""");
		texts.put(Cause.KMS_ACCESS_DENIED, """
				Access denied: this application may not call kms:Decrypt with the KMS key of prod/db.
				Allow it: { "Effect": "Allow", "Action": "kms:Decrypt",
				            "Resource": "<the ARN of the secret's KMS key>" }
				and in the policy of the key.""");
		texts.put(Cause.DECRYPTION_FAILED, """
				AWS could not decrypt prod/db: its KMS key is disabled, deleted or invalid.
				Enable the secret's KMS key, or encrypt the secret with another one.""");
		texts.put(Cause.SCHEDULED_FOR_DELETION, """
				Scheduled for deletion; it can be restored until the end of its recovery window.
				aws secretsmanager restore-secret --secret-id prod/db --region eu-west-1""");
		texts.put(Cause.THROTTLED, """
				Throttled: Secrets Manager in eu-west-1 answered only that there are too many requests.
				Raise aws.secrets.startup-timeout, or start fewer instances at once.""");
		texts.put(Cause.UNREACHABLE, """
				Not reachable: no connection to Secrets Manager in eu-west-1.
				Check the network, the VPC endpoint, aws.secrets.region, and aws.secrets.endpoint if it is set.""");
		texts.put(Cause.CONNECTION_LOST,
				"""
						The connection to Secrets Manager in eu-west-1 broke before the answer was complete.
						Start again; check what stands between this application and AWS, and aws.secrets.endpoint if it is set.""");
		texts.put(Cause.TIMED_OUT, """
				No answer from Secrets Manager in eu-west-1 in time.
				Check the network and the VPC endpoint, or raise aws.secrets.startup-timeout.""");
		texts.put(Cause.SERVER_ERROR,
				"""
						Secrets Manager in eu-west-1 failed.
						Start again; check what stands between this application and AWS, and aws.secrets.endpoint if it is set.""");
		texts.put(Cause.MALFORMED_ANSWER,
				"""
						The answer of Secrets Manager in eu-west-1 could not be understood.
						Start again; check what stands between this application and AWS, and aws.secrets.endpoint if it is set.""");
		texts.put(Cause.NO_VALUE,
				"""
						The answer of Secrets Manager in eu-west-1 holds no value for prod/db.
						Start again; check what stands between this application and AWS, and aws.secrets.endpoint if it is set.""");
		texts.put(Cause.NO_CREDENTIALS,
				"""
						There are no AWS credentials.
						Give the application a role, or set aws.secrets.profile or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.""");
		texts.put(Cause.NO_PROFILE, """
				The profile of aws.secrets.profile cannot be used.
				Create the profile, or correct aws.secrets.profile.""");
		texts.put(Cause.EXPIRED_CREDENTIALS, """
				The AWS credentials have expired.
				Renew them, with aws sso login for instance.""");
		texts.put(Cause.WRONG_CREDENTIALS,
				"""
						AWS does not accept the credentials.
						Check the role, profile or access key of the application: it must be active, and of the same AWS partition as the Region.""");
		texts.put(Cause.CLOCK_SKEW, """
				The clock of this machine differs too much from that of AWS.
				Set the clock.""");
		texts.put(Cause.BAD_FILE, """
				The secrets cannot be read.
				Correct the file.""");
		texts.put(Cause.NO_REGION, """
				No AWS Region is set, nor found by the AWS SDK.
				Set aws.secrets.region or the environment variable AWS_REGION.""");
		texts.put(Cause.INVALID_REQUEST, """
				Secrets Manager in eu-west-1 refused the request for prod/db.
				Correct the reference.""");
		texts.put(Cause.CLIENT_FAILED, """
				The AWS client cannot be used.
				Check aws.secrets.* and the customizers of the client.""");
		texts.put(Cause.CANCELLED, """
				The retrieval was cancelled.
				Start again.""");
		return texts.entrySet().stream().map((entry) -> Arguments.of(entry.getKey(), entry.getValue()));
	}

	@Test
	void textsHaveARowForEveryCause() {
		assertThat(texts().map((row) -> row.get()[0])).containsExactlyInAnyOrder((Object[]) Cause.values());
	}

	@Test
	void describeWhenCallerIsKnownNamesCallerAndAccount() {
		RetrievalFailure failure = denied(Cause.ACCESS_DENIED, new SecretId("prod/db"), "cn-north-1",
				"secretsmanager:GetSecretValue", "arn:aws-cn:sts::123456789012:assumed-role/orders/i-0ab", null);
		assertThat(text(failure, "$<secret:prod/db.password>")).isEqualTo(
				"""
						Access denied: arn:aws-cn:sts::123456789012:assumed-role/orders/i-0ab may not call secretsmanager:GetSecretValue on prod/db.
						Allow it: { "Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
						            "Resource": "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:prod/db-??????" }""");
	}

	@Test
	void describeWhenPartitionIsKnownFromRegionOnlyNamesIt() {
		RetrievalFailure failure = denied(Cause.ACCESS_DENIED, new SecretId("prod/db"), "us-gov-west-1", null, null,
				null);
		assertThat(text(failure, "$<secret:prod/db.password>")).isEqualTo("""
				Access denied: this application may not call secretsmanager:GetSecretValue on prod/db.
				Allow it: { "Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
				            "Resource": "arn:aws-us-gov:secretsmanager:us-gov-west-1:*:secret:prod/db-??????" }""");
	}

	@Test
	void describeWhenSecretIsOfAnotherAccountNamesAllPolicies() {
		RetrievalFailure failure = denied(Cause.ACCESS_DENIED, new SecretId(ARN), "eu-west-1",
				"secretsmanager:GetSecretValue", ROLE, null);
		assertThat(text(failure, "$<secret:" + ARN + ".password>")).isEqualTo(
				"""
						Access denied: arn:aws:sts::123456789012:assumed-role/orders/i-0ab may not call secretsmanager:GetSecretValue on arn:aws:secretsmanager:eu-west-1:210987654321:secret:shared-AbCdEf.
						Allow it: { "Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
						            "Resource": "arn:aws:secretsmanager:eu-west-1:210987654321:secret:shared-AbCdEf" }
						and in the secret's own policy and that of its KMS key, as it belongs to account 210987654321.""");
	}

	@Test
	void describeWhenBatchIsDeniedNamesResourceOfBatch() {
		RetrievalFailure failure = denied(Cause.ACCESS_DENIED, new SecretId("prod/db"), "eu-west-1",
				"secretsmanager:BatchGetSecretValue", ROLE, null);
		assertThat(text(failure, "$<secret:prod/db.password>")).isEqualTo(
				"""
						Access denied: arn:aws:sts::123456789012:assumed-role/orders/i-0ab may not call secretsmanager:BatchGetSecretValue on prod/db.
						Allow it: { "Effect": "Allow", "Action": "secretsmanager:BatchGetSecretValue",
						            "Resource": "*" }""");
	}

	@Test
	void describeWhenDenyIsExplicitDoesNotAdviseToAllow() {
		RetrievalFailure failure = denied(Cause.ACCESS_DENIED, new SecretId("prod/db"), "eu-west-1",
				"secretsmanager:GetSecretValue", ROLE, "explicit deny, service control policy");
		assertThat(text(failure, "$<secret:prod/db.password>")).isEqualTo(
				"""
						Access denied: arn:aws:sts::123456789012:assumed-role/orders/i-0ab may not call secretsmanager:GetSecretValue on prod/db (explicit deny, service control policy).
						Change the policy with the explicit deny, which wins over every permission.""");
	}

	@Test
	void describeWhenRoleCannotBeAssumedNamesRoleNotSecret() {
		RetrievalFailure failure = denied(Cause.ACCESS_DENIED, new SecretId("prod/db"), "eu-west-1", "sts:AssumeRole",
				"arn:aws:iam::123456789012:user/dev", null);
		assertThat(text(failure, "$<secret:prod/db.password>")).isEqualTo(
				"""
						Access denied: arn:aws:iam::123456789012:user/dev may not assume the role of aws.secrets.role-arn (sts:AssumeRole).
						Allow it: { "Effect": "Allow", "Action": "sts:AssumeRole",
						            "Resource": "<the ARN in aws.secrets.role-arn>" }
						and in the role's trust policy.""");
	}

	@Test
	void describeWhenDeletionDateIsKnownNamesItInUtc() {
		RetrievalFailure failure = new RetrievalFailure(Cause.SCHEDULED_FOR_DELETION, new SecretId("prod/db"),
				"eu-west-1", null, null, null, Instant.parse("2026-12-01T23:59:59Z"), null, null, null, 1, null);
		assertThat(text(failure, "$<secret:prod/db.password>")).isEqualTo("""
				Scheduled for deletion (2026-12-01); it can be restored until then.
				aws secretsmanager restore-secret --secret-id prod/db --region eu-west-1""");
	}

	@Test
	void describeWhenStatusCodeOrDetailIsKnownShowsIt() {
		assertThat(Stream.of(Cause.values()).map((cause) -> {
			RetrievalFailure failure = new RetrievalFailure(cause, new SecretId("prod/db"), "eu-west-1", null, null,
					null, null, 599, "SomeException", null, 1, "a detail");
			return text(failure, "$<secret:prod/db.password>").lines().findFirst().orElseThrow();
		}).filter((text) -> text.contains("599") || text.contains("SomeException") || text.contains("a detail")))
			.containsExactly(
					"Access denied: this application may not call secretsmanager:GetSecretValue on prod/db (a detail).",
					"Access denied: this application may not call secretsmanager:GetSecretValue with the KMS key of "
							+ "prod/db (a detail).",
					"Not reachable: no connection to Secrets Manager in eu-west-1: a detail.",
					"Secrets Manager in eu-west-1 failed with HTTP status 599.",
					"The answer of Secrets Manager in eu-west-1 could not be understood (SomeException): a detail.",
					"There are no AWS credentials: a detail.",
					"The profile of aws.secrets.profile cannot be used: a detail.",
					"The AWS credentials have expired: a detail.",
					"AWS does not accept the credentials (SomeException).",
					"The clock of this machine differs too much from that of AWS (SomeException).",
					"The secrets cannot be read: a detail.",
					"Secrets Manager in eu-west-1 refused the request for prod/db (SomeException).",
					"The AWS client cannot be used: a detail.", "The retrieval was cancelled: a detail.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					$<secret:prod/db?stage=AWSPREVIOUS> | Secret "prod/db" in eu-west-1 has no version with stage AWSPREVIOUS.
					$<secret:prod/db?version=0123456789abcdef0123456789abcdef> | Secret "prod/db" in eu-west-1 has no version 0123456789abcdef0123456789abcdef.
					""")
	void describeWhenVersionIsMissingNamesIt(String reference, String text) {
		assertThat(text(failure(Cause.VERSION_NOT_FOUND), reference)).startsWith(text.replace('"', '\''));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					$<secret:prod/db.password>                  | No secret "prod/db" in eu-west-1. (Looked for key "password" of "prod/db"; for a secret called "prod/db.password" write $<secret:prod/db.password#>.) / Create the secret, correct the name, or set aws.secrets.region.
					$<secret:prod/db>                           | No secret "prod/db" in eu-west-1. / Create the secret, correct the name, or set aws.secrets.region.
					$<secret:prod/db#password>                  | No secret "prod/db" in eu-west-1. / Create the secret, correct the name, or set aws.secrets.region.
					$<secret:prod/db?region=us-east-1>          | No secret "prod/db" in eu-west-1. / Create the secret, or correct its name or Region in the reference.
					$<secret:arn:aws:secretsmanager:eu-west-1:210987654321:secret:shared-AbCdEf> | No secret "arn:aws:secretsmanager:eu-west-1:210987654321:secret:shared-AbCdEf" in eu-west-1. / Correct the ARN, or create the secret.
					""")
	void describeWhenSecretIsMissingAdvisesByKindOfReference(String reference, String text) {
		Uses uses = Uses.of(reference);
		RetrievalFailure failure = RetrievalFailure.of(Cause.NOT_FOUND, uses.reference().selector().id(), "eu-west-1");
		assertThat(text(failure, reference)).isEqualTo(text.replace('"', '\'').replace(" / ", "\n"));
	}

	@Test
	void describeWhenRegionIsUnknownDoesNotInventOne() {
		assertThat(Stream.of(Cause.NO_REGION, Cause.CLIENT_FAILED, Cause.CANCELLED, Cause.TIMED_OUT)
			.map((cause) -> text(RetrievalFailure.of(cause, new SecretId("prod/db"), null), "$<secret:prod/db>")))
			.noneMatch((text) -> text.contains("null"));
	}

	@Test
	void describeNamesSecretRegionAndCaller() {
		Uses uses = Uses.of("$<secret:prod/db>");
		ReferenceProblem problem = RetrievalProblems.describe(uses.use(), uses.reference(), denied(Cause.ACCESS_DENIED,
				new SecretId("prod/db"), "eu-west-1", "secretsmanager:GetSecretValue", ROLE, null));
		assertThat(problem.secret()).isEqualTo(new AskedSecret("prod/db", "eu-west-1", ROLE));
		assertThat(problem).hasToString("app.key in property source 'test': $<secret:prod/db>: Access denied: " + ROLE
				+ " may not call secretsmanager:GetSecretValue on prod/db. Allow it: { \"Effect\": \"Allow\", \"Action\": "
				+ "\"secretsmanager:GetSecretValue\", \"Resource\": "
				+ "\"arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-??????\" }");
	}

	private static RetrievalFailure failure(Cause cause) {
		String action = (cause == Cause.KMS_ACCESS_DENIED) ? "kms:Decrypt" : "secretsmanager:GetSecretValue";
		return denied(cause, new SecretId("prod/db"), "eu-west-1", action, null, null);
	}

	private static RetrievalFailure denied(Cause cause, SecretId id, String region, @Nullable String action,
			@Nullable String principal, @Nullable String detail) {
		return new RetrievalFailure(cause, id, region, action, principal, (principal != null) ? "123456789012" : null,
				null, null, null, null, 1, detail);
	}

	private static String text(RetrievalFailure failure, String reference) {
		Uses uses = Uses.of(reference);
		ReferenceProblem problem = RetrievalProblems.describe(uses.use(), uses.reference(), failure);
		return problem.description() + "\n" + problem.action();
	}

	@ParameterizedTest
	@EnumSource(Cause.class)
	void descriptionWhenApplicationRunsHasSameWordsAndNothingAboutItsStart(Cause cause) {
		SecretSelector selector = SecretSelector.current(new SecretId("prod/db"));
		FailureDescription description = FailureDescription.of(selector, failure(cause));
		assertThat(description.cause()).isEqualTo(cause.name().toLowerCase(Locale.ROOT).replace('_', ' '));
		assertThat(text(failure(cause), "$<secret:prod/db#password>")).startsWith(description.description());
		assertThat(description.action()).isNotEmpty().doesNotContainIgnoringCase("start");
	}

}
