package io.github.awssecrets.autoconfigure;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import io.github.awssecrets.embedded.Fault;
import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.FailedStart;
import io.github.awssecrets.testing.SystemProperties;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the report of an application that cannot start, because of its references or
 * of what AWS answers.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartupFailureIntegrationTests {

	private static final SecretsServer server = SecretsServer.builder()
		.clock(Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC))
		.start();

	@TempDir
	private Path directory;

	@AfterAll
	static void stop() {
		server.close();
	}

	@BeforeEach
	void reset() {
		server.reset();
	}

	private static String quoted(String secret) {
		return "\"" + Canary.value(secret, 1).replace("\"", "\\\"") + "\"";
	}

	@Test
	void reportWhenReferencesAreBadNamesThemAll(CapturedOutput output) {
		server.create("prod/db", """
				{"dbname":"d","engine":"postgres","host":"h","password":%s,"port":5432,"username":"u","tls":null,
				"hosts":["a"],"owner":{"name":"n","mail":"m"},"none":{}}""".formatted(quoted("prod/db")));
		server.create("prod/payment", "{\"api-key\":%s}".formatted(quoted("prod/payment")));
		server.create("legacy/token", "{\"value\":%s}".formatted(quoted("legacy/token")));
		server.create("plain", Canary.value("plain", 1));
		server.createBinary("keystore", Canary.value("keystore", 1).getBytes(StandardCharsets.UTF_8));
		server.create("broken", "{\"a\":%s,}".formatted(quoted("broken")));
		server.create("twice", "{\"a\":%1$s,\"a\":%1$s}".formatted(quoted("twice")));
		server.create("undecryptable", "{\"value\":%s}".formatted(quoted("undecryptable")));
		server.delete("legacy/token", 10);
		server.faults().add(Fault.denied().forSecret("prod/payment"));
		server.faults().add(Fault.decryptionFailure().forSecret("undecryptable"));
		server.faults()
			.add(Fault
				.error("AccessDeniedException", "User: arn:aws:iam::123456789012:user/dev is not authorized to "
						+ "perform: secretsmanager:GetSecretValue with an explicit deny in a service control policy")
				.forSecret("forbidden"));
		server.faults()
			.add(Fault
				.error("AccessDeniedException",
						"Access to KMS is not allowed. This error can occur if the key is in another account")
				.forSecret("encrypted"));
		FailedStart start = FailedStart.of(TestApplication.in(this.directory, server).yaml("""
				spring:
				  datasource:
				    url: jdbc:postgresql://$<secret:prod/db.host>:$<secret:prod/db.prot>/orders
				    password: $<secret:prod/db.pasword>
				app:
				  payment-key: $<secret:prod/payment.api-key:none>
				  payment-url: $<secret:prod/payment.url>
				  token: $<secret:legacy/token.value:none>
				  nil: $<secret:prod/db.tls>
				  index: $<secret:prod/db.hosts[1]>
				  nested: $<secret:prod/db.owner.phone>
				  nothing: $<secret:prod/db.none.x>
				  scalar: $<secret:prod/db#/host/name>
				  array: $<secret:prod/db.owner[0]>
				  list:
				  - fine
				  - $<secret:plain.key>
				  binary: $<secret:keystore.key>
				  broken: $<secret:broken.a:none>
				  twice: $<secret:twice.a>
				  key: $<secret:undecryptable.value>
				  forbidden: $<secret:forbidden.x>
				  encrypted: $<secret:encrypted.x>
				  previous: $<secret:prod/db.password?stage=AWSPREVIOUS>
				  version: $<secret:prod/db.password?version=0123456789abcdef0123456789abcdef>
				  elsewhere: $<secret:prod/db.password?region=us-east-1>
				  arn: $<secret:arn:aws:secretsmanager:eu-west-1:123456789012:secret:gone-AbCdEf.password>
				""").variable("MAIL_PASSWORD", "$<secret:mail.smtp.password>"), output);
		assertThat(start.report()).isEqualTo(
				"""
						23 secret references could not be resolved (12 secrets, Regions eu-west-1 and us-east-1, as
						arn:aws:sts::123456789012:assumed-role/application/embedded and arn:aws:iam::123456789012:user/dev):

						1. mail.password  in environment variable MAIL_PASSWORD
						   $<secret:mail.smtp.password>
						   No secret 'mail' in eu-west-1. (Looked for key 'smtp.password' of 'mail'; for a secret called
						   'mail.smtp.password' write $<secret:mail.smtp.password#>.)

						2. spring.datasource.url  in application.yml:3:10
						   $<secret:prod/db.prot>
						   prod/db has no key 'prot'. Its keys: dbname, engine, host, hosts, none, owner, password, port, tls, username.

						3. spring.datasource.password  in application.yml:4:15
						   $<secret:prod/db.pasword>
						   prod/db has no key 'pasword'. Its keys: dbname, engine, host, hosts, none, owner, password, port, tls, username.

						4. app.payment-key  in application.yml:6:16
						   $<secret:prod/payment.api-key:***>
						   app.payment-url  in application.yml:7:16
						   $<secret:prod/payment.url>
						   Access denied: arn:aws:sts::123456789012:assumed-role/application/embedded may not call
						   secretsmanager:GetSecretValue on prod/payment.

						5. app.token  in application.yml:8:10
						   $<secret:legacy/token.value:***>
						   Scheduled for deletion (2026-12-02); it can be restored until then.

						6. app.nil  in application.yml:9:8
						   $<secret:prod/db.tls>
						   prod/db has null for key 'tls'.

						7. app.index  in application.yml:10:10
						   $<secret:prod/db.hosts[1]>
						   prod/db has no key 'hosts[1]': the array 'hosts' has 1 element.

						8. app.nested  in application.yml:11:11
						   $<secret:prod/db.owner.phone>
						   prod/db has no key 'phone' in 'owner'. The keys there: mail, name. (Looked for key 'owner.phone' of 'prod/db';
						   for a secret called 'prod/db.owner.phone' write $<secret:prod/db.owner.phone#>.)

						9. app.nothing  in application.yml:12:12
						   $<secret:prod/db.none.x>
						   prod/db has no key 'x' in 'none', nor any other. (Looked for key 'none.x' of 'prod/db'; for a secret called
						   'prod/db.none.x' write $<secret:prod/db.none.x#>.)

						10. app.scalar  in application.yml:13:11
						    $<secret:prod/db#/host/name>
						    prod/db has nothing at pointer '/host/name': the value '/host' is not a JSON object.

						11. app.array  in application.yml:14:10
						    $<secret:prod/db.owner[0]>
						    prod/db has no key 'owner[0]': the value 'owner' is not a JSON array.

						12. app.list[1]  in application.yml:17:5
						    $<secret:plain.key>
						    plain is a text that is not JSON, and so has no key 'key'.

						13. app.binary  in application.yml:18:11
						    $<secret:keystore.key>
						    keystore is a binary secret, and so has no key 'key'.

						14. app.broken  in application.yml:19:11
						    $<secret:broken.a:***>
						    broken is malformed JSON: not valid JSON at line 1, column 49.

						15. app.twice  in application.yml:20:10
						    $<secret:twice.a>
						    twice is malformed JSON: key 'a' stands twice in one object.

						16. app.key  in application.yml:21:8
						    $<secret:undecryptable.value>
						    AWS could not decrypt undecryptable: its KMS key is disabled, deleted or invalid.

						17. app.forbidden  in application.yml:22:14
						    $<secret:forbidden.x>
						    Access denied: arn:aws:iam::123456789012:user/dev may not call secretsmanager:GetSecretValue on forbidden
						    (explicit deny, service control policy).

						18. app.encrypted  in application.yml:23:14
						    $<secret:encrypted.x>
						    Access denied: this application may not call kms:Decrypt with the KMS key of encrypted.

						19. app.previous  in application.yml:24:13
						    $<secret:prod/db.password?stage=AWSPREVIOUS>
						    Secret 'prod/db' in eu-west-1 has no version with stage AWSPREVIOUS.

						20. app.version  in application.yml:25:12
						    $<secret:prod/db.password?version=0123456789abcdef0123456789abcdef>
						    Secret 'prod/db' in eu-west-1 has no version 0123456789abcdef0123456789abcdef.

						21. app.elsewhere  in application.yml:26:14
						    $<secret:prod/db.password?region=us-east-1>
						    No secret 'prod/db' in us-east-1. (Looked for key 'password' of 'prod/db'; for a secret called
						    'prod/db.password' write $<secret:prod/db.password#>.)

						22. app.arn  in application.yml:27:8
						    $<secret:arn:aws:secretsmanager:eu-west-1:123456789012:secret:gone-AbCdEf.password>
						    No secret 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:gone-AbCdEf' in eu-west-1.

						Action:

						1. Create the secret, correct the name, or set aws.secrets.region.
						2. Did you mean 'port'?
						3. Did you mean 'password'?
						4. Allow it: { "Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
						               "Resource": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/payment-??????" }
						5. aws secretsmanager restore-secret --secret-id legacy/token --region eu-west-1
						6. Put a value into the secret, or give the reference a default.
						7. Correct the index, which counts from 0.
						8, 9. Add the key to the secret, correct the reference, or give it a default.
						10, 11. Correct the key, or the secret.
						12. Write $<secret:plain> for the whole of it, or put a JSON object into it.
						13. Write $<secret:keystore> for the whole of it, or put a JSON object into it.
						14, 15. Correct the secret; a default applies only where there is no secret or no key.
						16. Enable the secret's KMS key, or encrypt the secret with another one.
						17. Change the policy with the explicit deny, which wins over every permission.
						18. Allow it: { "Effect": "Allow", "Action": "kms:Decrypt",
						                "Resource": "<the ARN of the secret's KMS key>" }
						    and in the policy of the key.
						19, 20. Correct the stage or version in the reference: aws secretsmanager list-secret-version-ids --secret-id prod/db --region eu-west-1 shows those that there are.
						21. Create the secret, or correct its name or Region in the reference.
						22. Correct the ARN, or create the secret.

						To start with what can be resolved, set aws.secrets.fail-fast=false.
						""");
	}

	@Test
	void reportWhenAnswersAreBrokenSaysHow(CapturedOutput output) {
		server.faults().add(Fault.truncatedBody().forSecret("truncated"));
		server.faults().add(Fault.malformedBody().forSecret("malformed"));
		server.faults().add(Fault.emptyBody().forSecret("empty"));
		server.faults().add(Fault.connectionClosed().forSecret("closed"));
		server.faults().add(Fault.internalError().forSecret("failing"));
		server.faults().add(Fault.unavailable().forSecret("unavailable"));
		server.faults().add(Fault.error("InvalidRequestException", "No.").forSecret("refused"));
		server.faults().add(Fault.error("SomethingNewException", "No.").forSecret("new"));
		for (String name : new String[] { "truncated", "malformed", "empty", "closed", "failing", "unavailable",
				"fine" }) {
			server.create(name, "{\"key\":%s}".formatted(quoted(name)));
		}
		FailedStart start = FailedStart.of(TestApplication.in(this.directory, server).yaml("""
				app:
				  truncated: $<secret:truncated.key:none>
				  malformed: $<secret:malformed.key:none>
				  empty: $<secret:empty.key:none>
				  closed: $<secret:closed.key:none>
				  failing: $<secret:failing.key:none>
				  unavailable: $<secret:unavailable.key:none>
				  refused: $<secret:refused.key:none>
				  new: $<secret:new.key:none>
				  fine: $<secret:fine.key:none>
				"""), output);
		assertThat(start.report()).isEqualTo(
				"""
						8 secret references could not be resolved (8 secrets, Region eu-west-1):

						1. app.truncated  in application.yml:2:14
						   $<secret:truncated.key:***>
						   app.malformed  in application.yml:3:14
						   $<secret:malformed.key:***>
						   The answer of Secrets Manager in eu-west-1 could not be understood: the answer is not complete JSON.

						2. app.empty  in application.yml:4:10
						   $<secret:empty.key:***>
						   The answer of Secrets Manager in eu-west-1 holds no value for empty.

						3. app.closed  in application.yml:5:11
						   $<secret:closed.key:***>
						   The connection to Secrets Manager in eu-west-1 broke before the answer was complete.

						4. app.failing  in application.yml:6:12
						   $<secret:failing.key:***>
						   Secrets Manager in eu-west-1 failed with HTTP status 500.

						5. app.unavailable  in application.yml:7:16
						   $<secret:unavailable.key:***>
						   Secrets Manager in eu-west-1 failed with HTTP status 503.

						6. app.refused  in application.yml:8:12
						   $<secret:refused.key:***>
						   Secrets Manager in eu-west-1 refused the request for refused (InvalidRequestException).

						7. app.new  in application.yml:9:8
						   $<secret:new.key:***>
						   The answer of Secrets Manager in eu-west-1 could not be understood (SomethingNewException).

						Action:

						1-5, 7. Start again; check what stands between this application and AWS, and aws.secrets.endpoint if it is set.
						6. Correct the reference.

						To start with what can be resolved, set aws.secrets.fail-fast=false.
						""");
	}

	@Test
	void reportWhenCallerHasNoPermissionAtAllNamesWhatToGrant(CapturedOutput output) {
		server.policy("""
				{"Version":"2012-10-17","Statement":[
				{"Effect":"Deny","Action":"secretsmanager:DescribeSecret","Resource":"*"}]}""");
		FailedStart start = FailedStart.of(TestApplication.in(this.directory, server).yaml("""
				app:
				  a: $<secret:prod/a.key>
				  b: $<secret:prod/b.key>
				"""), output);
		assertThat(start.report()).isEqualTo("""
				2 secret references could not be resolved (2 secrets, Region eu-west-1, as
				arn:aws:sts::123456789012:assumed-role/application/embedded):

				1. app.a  in application.yml:2:6
				   $<secret:prod/a.key>
				   Access denied: arn:aws:sts::123456789012:assumed-role/application/embedded may not call
				   secretsmanager:GetSecretValue on prod/a.

				2. app.b  in application.yml:3:6
				   $<secret:prod/b.key>
				   Access denied: arn:aws:sts::123456789012:assumed-role/application/embedded may not call
				   secretsmanager:GetSecretValue on prod/b.

				Action:

				1. Allow it: { "Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
				               "Resource": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/a-??????" }
				2. Allow it: { "Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
				               "Resource": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/b-??????" }

				To start with what can be resolved, set aws.secrets.fail-fast=false.
				""");
	}

	@Test
	void runWhenOnlyBatchesAreDeniedStarts(CapturedOutput output) {
		server.create("prod/a", Canary.value("prod/a", 1));
		server.policy("""
				{"Version":"2012-10-17","Statement":[
				{"Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":"*"}]}""");
		try (ConfigurableApplicationContext context = TestApplication.in(this.directory, server)
			.yaml("a: $<secret:prod/a>")
			.run()) {
			assertThat(Canary.value("prod/a", 1).equals(context.getEnvironment().getProperty("a"))).isTrue();
		}
		assertThat(output).doesNotContain("WARN").doesNotContain("denied");
	}

	@Test
	void reportWhenSecretIsDeletedAndDateDeniedIsShorter(CapturedOutput output) {
		server.create("legacy/token", Canary.value("legacy/token", 1));
		server.delete("legacy/token", 10);
		server.policy("""
				{"Version":"2012-10-17","Statement":[
				{"Effect":"Allow","Action":"secretsmanager:*GetSecretValue","Resource":"*"}]}""");
		FailedStart start = FailedStart.of(TestApplication.in(this.directory, server).yaml("""
				token: $<secret:legacy/token.value>
				"""), output);
		assertThat(start.report()).isEqualTo("""
				A secret reference could not be resolved (Region eu-west-1):

				1. token  in application.yml:1:8
				   $<secret:legacy/token.value>
				   Scheduled for deletion; it can be restored until the end of its recovery window.

				Action:

				1. aws secretsmanager restore-secret --secret-id legacy/token --region eu-west-1

				To start with what can be resolved, set aws.secrets.fail-fast=false.
				""");
	}

	@Test
	void reportWhenEverySecretIsThrottledSaysSo(CapturedOutput output) {
		server.faults().add(Fault.throttled());
		FailedStart start = FailedStart
			.of(TestApplication.in(this.directory, server).arguments("--aws.secrets.startup-timeout=4s").yaml("""
					app:
					  a: $<secret:prod/a.key>
					  b: $<secret:prod/b.key>
					"""), output);
		assertThat(start.report()).isEqualTo("""
				2 secret references could not be resolved (2 secrets, Region eu-west-1):

				1. app.a  in application.yml:2:6
				   $<secret:prod/a.key>
				   app.b  in application.yml:3:6
				   $<secret:prod/b.key>
				   Throttled: Secrets Manager in eu-west-1 answered only that there are too many requests.

				Action:

				1. Raise aws.secrets.startup-timeout, or start fewer instances at once.

				To start with what can be resolved, set aws.secrets.fail-fast=false.
				""");
	}

	@Test
	void reportWhenEndpointHangsSaysSoAtTheTimeout(CapturedOutput output) {
		server.faults().add(Fault.hanging());
		FailedStart start = FailedStart
			.of(TestApplication.in(this.directory, server).arguments("--aws.secrets.startup-timeout=1s").yaml("""
					app:
					  a: $<secret:prod/a.key>
					  b: $<secret:prod/b.key>
					"""), output);
		assertThat(start.report()).isEqualTo("""
				2 secret references could not be resolved (2 secrets, Region eu-west-1):

				1. app.a  in application.yml:2:6
				   $<secret:prod/a.key>
				   app.b  in application.yml:3:6
				   $<secret:prod/b.key>
				   No answer from Secrets Manager in eu-west-1 in time.

				Action:

				1. Check the network and the VPC endpoint, or raise aws.secrets.startup-timeout.

				To start with what can be resolved, set aws.secrets.fail-fast=false.
				""");
	}

	@Test
	void reportWhenHostIsUnknownSaysSo(CapturedOutput output) {
		FailedStart start = SystemProperties.during(Map.of("aws.accessKeyId", "test", "aws.secretAccessKey", "test"),
				() -> FailedStart.of(TestApplication.in(this.directory)
					.arguments("--aws.secrets.endpoint=http://nowhere.invalid", "--aws.secrets.region=eu-west-1")
					.yaml("a: $<secret:prod/a.key>"), output));
		assertThat(start.report()).isEqualTo("""
				A secret reference could not be resolved (Region eu-west-1):

				1. a  in application.yml:1:4
				   $<secret:prod/a.key>
				   Not reachable: no connection to Secrets Manager in eu-west-1: unknown host.

				Action:

				1. Check the network, the VPC endpoint, aws.secrets.region, and aws.secrets.endpoint if it is set.

				To start with what can be resolved, set aws.secrets.fail-fast=false.
				""");
	}

	@Test
	void reportWhenPortRefusesSaysSo(CapturedOutput output) throws Exception {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		FailedStart start = FailedStart.of(TestApplication.in(this.directory)
			.arguments("--aws.secrets.endpoint=http://127.0.0.1:" + port, "--aws.secrets.region=eu-west-1")
			.yaml("a: $<secret:prod/a.key>"), output);
		assertThat(start.report()).isEqualTo("""
				A secret reference could not be resolved (Region eu-west-1):

				1. a  in application.yml:1:4
				   $<secret:prod/a.key>
				   Not reachable: no connection to Secrets Manager in eu-west-1: connection refused.

				Action:

				1. Check the network, the VPC endpoint, aws.secrets.region, and aws.secrets.endpoint if it is set.

				To start with what can be resolved, set aws.secrets.fail-fast=false.
				""");
	}

	@Test
	void reportWhenCredentialsAreExpiredSaysSo(CapturedOutput output) {
		server.accessKeys().expire("test");
		FailedStart start = FailedStart.of(TestApplication.in(this.directory, server).yaml("a: $<secret:prod/a.key>"),
				output);
		assertThat(start.report()).isEqualTo("""
				A secret reference could not be resolved (Region eu-west-1):

				1. a  in application.yml:1:4
				   $<secret:prod/a.key>
				   The AWS credentials have expired.

				Action:

				1. Renew them, with aws sso login for instance.

				To start with what can be resolved, set aws.secrets.fail-fast=false.
				""");
	}

	@Test
	void reportWhenCredentialsAreWrongSaysSo(CapturedOutput output) {
		server.accessKeys().allowOnly("other");
		FailedStart start = FailedStart.of(TestApplication.in(this.directory, server).yaml("a: $<secret:prod/a.key>"),
				output);
		assertThat(start.report()).isEqualTo(
				"""
						A secret reference could not be resolved (Region eu-west-1):

						1. a  in application.yml:1:4
						   $<secret:prod/a.key>
						   AWS does not accept the credentials (UnrecognizedClientException).

						Action:

						1. Check the role, profile or access key of the application: it must be active, and of the same AWS partition as the Region.

						To start with what can be resolved, set aws.secrets.fail-fast=false.
						""");
	}

	@Test
	void reportWhenProfileIsMissingSaysSo(CapturedOutput output) {
		FailedStart start = startWithProfiles("", output);
		assertThat(start.report()).isEqualTo(
				"""
						A secret reference could not be resolved (Region eu-west-1):

						1. a  in application.yml:1:4
						   $<secret:prod/a.key>
						   The profile of aws.secrets.profile cannot be used: there is no profile 'orders' in the AWS configuration files.

						Action:

						1. Create the profile, or correct aws.secrets.profile.

						To start with what can be resolved, set aws.secrets.fail-fast=false.
						""");
	}

	@Test
	void reportWhenProfileHasNoCredentialsSaysSo(CapturedOutput output) {
		FailedStart start = startWithProfiles("[profile orders]\n", output);
		assertThat(start.report()).isEqualTo(
				"""
						A secret reference could not be resolved (Region eu-west-1):

						1. a  in application.yml:1:4
						   $<secret:prod/a.key>
						   There are no AWS credentials.

						Action:

						1. Give the application a role, or set aws.secrets.profile or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.

						To start with what can be resolved, set aws.secrets.fail-fast=false.
						""");
	}

	private FailedStart startWithProfiles(String text, CapturedOutput output) {
		String file = this.directory + "/profiles";
		return SystemProperties.during(Map.of("aws.configFile", file, "aws.sharedCredentialsFile", file),
				() -> FailedStart.of(TestApplication.in(this.directory, server)
					.file("profiles", text)
					.arguments("--aws.secrets.profile=orders")
					.yaml("a: $<secret:prod/a.key>"), output));
	}

	@Test
	@DisabledIfEnvironmentVariable(named = "AWS_REGION", matches = ".+", disabledReason = "There is a Region")
	void reportWhenRegionIsMissingSaysSo(CapturedOutput output) {
		FailedStart start = SystemProperties.during(Map.of("aws.configFile", this.directory + "/profiles"),
				() -> FailedStart.of(TestApplication.in(this.directory)
					.arguments("--aws.secrets.endpoint=" + server.endpoint())
					.file("profiles", "")
					.yaml("""
							a: $<secret:prod/a.key>
							b: $<secret:prod/b.key?region=us-east-1>
							"""), output));
		assertThat(start.report()).isEqualTo(
				"""
						2 secret references could not be resolved (2 secrets, Region us-east-1):

						1. a  in application.yml:1:4
						   $<secret:prod/a.key>
						   No AWS Region is set, nor found by the AWS SDK.

						2. b  in application.yml:2:4
						   $<secret:prod/b.key?region=us-east-1>
						   No secret 'prod/b' in us-east-1. (Looked for key 'key' of 'prod/b'; for a secret called 'prod/b.key' write
						   $<secret:prod/b.key#>.)

						Action:

						1. Set aws.secrets.region or the environment variable AWS_REGION.
						2. Create the secret, or correct its name or Region in the reference.

						To start with what can be resolved, set aws.secrets.fail-fast=false.
						""");
	}

}
