package io.github.awssecrets.permission;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.awssecrets.actuate.SecretsEndpoint;
import io.github.awssecrets.embedded.Call;
import io.github.awssecrets.env.ReferenceProblem;
import io.github.awssecrets.env.SecretPermissions;
import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.env.UnresolvedReferenceException;
import io.github.awssecrets.refresh.RefreshEventApplier;
import io.github.awssecrets.refresh.SecretsWatcher;
import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests that an application works with exactly the policy that is generated for it, and
 * that each part of the policy is needed for exactly the call that it allows.
 */
class PermissionPolicyIntegrationTests extends AbstractApplicationTests {

	private static final String BATCH = "secretsmanager:BatchGetSecretValue";

	private static final String GET = "secretsmanager:GetSecretValue";

	private static final String DESCRIBE = "secretsmanager:DescribeSecret";

	private static final String DENIED = "AccessDeniedException";

	private static final String URL = "jdbc:h2:mem:policy;DB_CLOSE_DELAY=-1";

	private Connection administrator;

	private String yaml;

	private PermissionPolicy policy;

	@BeforeEach
	void createApplicationAndItsPolicy() throws SQLException {
		this.administrator = DriverManager.getConnection(URL, "APP", password(1));
		server.create("prod/db", credentials(1));
		for (String name : List.of("plain", "stage", "pinned", "import", "annotated")) {
			server.create("prod/" + name, json("prod/" + name, 1));
		}
		server.create("prod/whole", Canary.value("prod/whole", 1));
		String pinned = server.versionId("prod/pinned");
		server.put("prod/pinned", json("prod/pinned", 2));
		server.put("prod/stage", json("prod/stage", 2));
		server.create("shared/arn", json("shared/arn", 1));
		server.inRegion("us-east-1").create("prod/elsewhere", json("prod/elsewhere", 1));
		this.yaml = """
				spring:
				  config.import: "secret:prod/import?prefix=app.imported."
				  datasource:
				    url: %s
				    username: $<secret:prod/db.username>
				    password: $<secret:prod/db.password>
				app:
				  plain: $<secret:prod/plain.key>
				  whole: $<secret:prod/whole>
				  stage: $<secret:prod/stage.key?stage=AWSPREVIOUS>
				  pinned: $<secret:prod/pinned.key?version=%s>
				  elsewhere: $<secret:prod/elsewhere.key?region=us-east-1>
				  arn: $<secret:%s.key>
				""".formatted(URL, pinned, server.arn("shared/arn"));
		try (ConfigurableApplicationContext context = start()) {
			this.policy = policyOf(context);
		}
		server.clearCalls();
	}

	@AfterEach
	void endDatabase() throws SQLException {
		try (Statement statement = this.administrator.createStatement()) {
			statement.execute("SHUTDOWN");
		}
	}

	@Test
	void applicationWhenOnlyItsPolicyIsAllowedWorks() throws SQLException {
		server.policy(this.policy.toJson());
		try (ConfigurableApplicationContext context = start()) {
			assertWorks(context);
			assertThat(policyOf(context)).isEqualTo(this.policy);
		}
		assertThat(server.calls()).extracting(Call::outcome).containsOnly(Call.OK);
		assertThat(server.calls()).extracting(Call::operation)
			.contains("BatchGetSecretValue", "GetSecretValue", "DescribeSecret");
	}

	@Test
	void applicationWhenOnlyThePolicyOfTheCommandIsAllowedWorks() throws SQLException {
		// What it cannot know without a call is the account
		server.policy(this.policy.toJson().replace(":123456789012:secret:prod/", ":*:secret:prod/"));
		try (ConfigurableApplicationContext context = start()) {
			assertWorks(context);
		}
		assertThat(server.calls()).extracting(Call::outcome).containsOnly(Call.OK);
	}

	@Test
	void endpointWhenAskedForPolicyAnswersWithItAsJson() {
		try (ConfigurableApplicationContext context = start()) {
			SecretsEndpoint endpoint = new SecretsEndpoint(SecretsEnvironment.find(context.getEnvironment()),
					context.getBean(SecretsWatcher.class), context.getBean(RefreshEventApplier.class));
			JsonMapper mapper = JsonMapper.shared();
			assertThat(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(endpoint.secret("policy")))
				.isEqualToIgnoringWhitespace(this.policy.toJson());
		}
	}

	@Test
	void policyWhenSecretHasKeyOfCustomerAllowsToDecryptWithItIfItCanBeSeen() {
		try (ConfigurableApplicationContext context = start()) {
			context.getBean(SecretsManagerClient.class)
				.updateSecret((request) -> request.secretId("prod/plain").kmsKeyId("1234abcd"));
			assertThat(policyOf(context).statements()).last()
				.isEqualTo(new PermissionPolicy.Statement(List.of("kms:Decrypt"),
						List.of("arn:aws:kms:eu-west-1:123456789012:key/1234abcd"),
						Map.of("StringEquals", Map.of("kms:ViaService", "secretsmanager.eu-west-1.amazonaws.com"))));
			server.policy(without(DESCRIBE).toJson());
			assertThat(policyOf(context)).isEqualTo(this.policy);
		}
	}

	@Test
	void applicationWhenKeysOfCustomersAreAllowedWorksAndElseNamesExactlyThoseSecrets() throws SQLException {
		PermissionPolicy complete;
		try (ConfigurableApplicationContext context = start()) {
			SecretsManagerClient client = context.getBean(SecretsManagerClient.class);
			client.updateSecret((request) -> request.secretId("prod/plain").kmsKeyId("1234abcd"));
			client.updateSecret((request) -> request.secretId("prod/whole").kmsKeyId("alias/app"));
			complete = policyOf(context);
		}
		server.policy(complete.toJson());
		server.clearCalls();
		try (ConfigurableApplicationContext context = start()) {
			assertWorks(context);
		}
		assertThat(denied()).isEmpty();
		List<PermissionPolicy.Statement> statements = complete.statements();
		assertThat(statements).hasSize(4);
		assertKeyIsNeeded(statements, 2, "prod/plain");
		assertKeyIsNeeded(statements, 3, "prod/whole");
	}

	private void assertKeyIsNeeded(List<PermissionPolicy.Statement> all, int index, String secret) {
		List<PermissionPolicy.Statement> statements = new ArrayList<>(all);
		statements.remove(index);
		server.policy(new PermissionPolicy(statements).toJson());
		assertThat(problemsOfStart()).singleElement().satisfies((problem) -> {
			assertThat(problem.reference()).contains(secret);
			assertThat(problem.description()).contains("kms:Decrypt");
		});
	}

	@Test
	void policyWhenGeneratedAllowsNothingElse() {
		assertThat(this.policy.statements()).hasSize(2);
		assertThat(this.policy.statements().get(0))
			.isEqualTo(new PermissionPolicy.Statement(List.of(BATCH), List.of("*"), Map.of()));
		assertThat(this.policy.statements().get(1).actions()).containsExactly(GET, DESCRIBE);
		String own = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/%s-??????";
		assertThat(this.policy.statements().get(1).resources()).containsExactlyInAnyOrder(own.formatted("db"),
				own.formatted("plain"), own.formatted("stage"), own.formatted("pinned"), own.formatted("import"),
				own.formatted("annotated"), own.formatted("whole"), server.arn("shared/arn"),
				"arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/elsewhere-??????");
	}

	@Test
	void applicationWhenBatchesAreNotAllowedAsksForEachSecretAlone() throws SQLException {
		server.policy(without(BATCH).toJson());
		try (ConfigurableApplicationContext context = start()) {
			assertWorks(context);
		}
		assertThat(denied()).extracting(Call::operation).containsOnly("BatchGetSecretValue").hasSize(1);
		assertThat(server.calls("BatchGetSecretValue")).hasSize(1);
	}

	@Test
	void applicationWhenOneSecretIsNotAllowedNamesExactlyThatOne() {
		for (String resource : this.policy.statements().get(1).resources()) {
			server.clearCalls();
			server.policy(withoutResource(resource).toJson());
			List<ReferenceProblem> problems = problemsOfStart();
			assertThat(problems).as(resource).isNotEmpty().allSatisfy((problem) -> {
				assertThat(problem.description()).contains("may not call " + GET + " on ");
				assertThat(problem.action()).contains("\"" + GET + "\"", "\"" + resource + "\"");
			});
			assertThat(denied()).as(resource)
				.allSatisfy((call) -> assertThat(call.operation()).isEqualTo("GetSecretValue"))
				.allSatisfy((call) -> assertThat(resource).contains(nameOf(call.secretIds().get(0))));
		}
	}

	@Test
	void applicationWhenGetSecretValueIsNotAllowedNamesEverySecret() {
		server.policy(without(GET).toJson());
		assertThat(problemsOfStart()).hasSize(9)
			.allSatisfy((problem) -> assertThat(problem.description()).contains("may not call " + GET + " on "));
		assertThat(denied()).extracting(Call::operation).containsOnly("GetSecretValue");
	}

	@Test
	void applicationWhenDescribeSecretIsNotAllowedKnowsNoDate() {
		server.delete("prod/plain", 10);
		server.policy(this.policy.toJson());
		assertThat(problemsOfStart()).singleElement()
			.satisfies((problem) -> assertThat(problem.description()).matches("Scheduled for deletion \\(.*\\); .*"));
		assertThat(denied()).isEmpty();
		server.policy(without(DESCRIBE).toJson());
		assertThat(problemsOfStart()).singleElement()
			.satisfies((problem) -> assertThat(problem.description())
				.isEqualTo("Scheduled for deletion; it can be restored until the end of its recovery window."));
		assertThat(denied()).extracting(Call::operation).containsExactly("DescribeSecret");
	}

	private void assertWorks(ConfigurableApplicationContext context) throws SQLException {
		Environment environment = context.getEnvironment();
		assertThat(List.of(environment.getProperty("app.plain").equals(value("prod/plain", 1)),
				environment.getProperty("app.whole").equals(Canary.value("prod/whole", 1)),
				environment.getProperty("app.stage").equals(value("prod/stage", 1)),
				environment.getProperty("app.pinned").equals(value("prod/pinned", 1)),
				environment.getProperty("app.elsewhere").equals(value("prod/elsewhere", 1)),
				environment.getProperty("app.arn").equals(value("shared/arn", 1)),
				environment.getProperty("app.imported.key").equals(value("prod/import", 1)),
				context.getBean(Annotated.class).value.equals(value("prod/annotated", 1))))
			.containsOnly(true);
		assertThat(context.getBean(ContextRefresher.class).refresh()).isEmpty();
		rotateDatabase(context.getBean(HikariDataSource.class));
	}

	/** Log in while only the pending version works, and again when it is current. */
	private void rotateDatabase(HikariDataSource pool) throws SQLException {
		pool.getConnection().close();
		String pending = server.put("prod/db", credentials(2), "AWSPENDING");
		try (Statement statement = this.administrator.createStatement()) {
			statement.execute("ALTER USER APP SET PASSWORD '%s'".formatted(password(2)));
		}
		login(pool);
		assertThat(server.calls("GetSecretValue")).anyMatch((call) -> call.secretIds().equals(List.of("prod/db")));
		server.moveStage("prod/db", "AWSCURRENT", pending);
		login(pool);
	}

	private static void login(HikariDataSource pool) throws SQLException {
		pool.getHikariPoolMXBean().softEvictConnections();
		try (Connection connection = ((DataSource) pool).getConnection()) {
			assertThat(connection.getMetaData().getUserName()).isEqualTo("APP");
		}
	}

	private List<ReferenceProblem> problemsOfStart() {
		server.clearCalls();
		Throwable failure = catchThrowable(() -> start().close());
		while (failure != null && !(failure instanceof UnresolvedReferenceException)) {
			failure = failure.getCause();
		}
		assertThat(failure).isNotNull();
		return ((UnresolvedReferenceException) failure).getProblems();
	}

	private List<Call> denied() {
		return server.calls().stream().filter((call) -> call.outcome().equals(DENIED)).toList();
	}

	private ConfigurableApplicationContext start() {
		return application().jdbc().yaml(this.yaml).classes(Annotated.class).run();
	}

	private static PermissionPolicy policyOf(ConfigurableApplicationContext context) {
		return new SecretPermissions(SecretsEnvironment.find(context.getEnvironment())).policy();
	}

	private PermissionPolicy without(String action) {
		List<PermissionPolicy.Statement> statements = new ArrayList<>();
		for (PermissionPolicy.Statement statement : this.policy.statements()) {
			List<String> actions = new ArrayList<>(statement.actions());
			actions.remove(action);
			if (!actions.isEmpty()) {
				statements.add(new PermissionPolicy.Statement(actions, statement.resources(), statement.conditions()));
			}
		}
		return new PermissionPolicy(statements);
	}

	private PermissionPolicy withoutResource(String resource) {
		List<PermissionPolicy.Statement> statements = new ArrayList<>();
		for (PermissionPolicy.Statement statement : this.policy.statements()) {
			List<String> resources = new ArrayList<>(statement.resources());
			resources.remove(resource);
			statements.add(new PermissionPolicy.Statement(statement.actions(), resources, statement.conditions()));
		}
		return new PermissionPolicy(statements);
	}

	private static String nameOf(String id) {
		return id.startsWith("arn:") ? id : id + "-??????";
	}

	private static String password(int version) {
		return Canary.value("prod/db.password", version);
	}

	private static String credentials(int version) {
		return "{\"host\":\"db.example.com\",\"username\":\"APP\",\"password\":\"%s\"}"
			.formatted(password(version).replace("\"", "\\\""));
	}

	private static String value(String id, int version) {
		return Canary.value(id + ".key", version);
	}

	private static String json(String id, int version) {
		return Canary.json(id, version, "key");
	}

	static class Annotated {

		@Value("$<secret:prod/annotated.key>")
		private String value;

	}

}
