package io.github.awssecrets.actuator;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.awssecrets.embedded.Call;
import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.embedded.junit.SecretsServerExtension;
import io.github.awssecrets.env.UnresolvedReferenceException;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.CanaryFragments;
import io.github.awssecrets.testing.CanaryScanner;
import io.github.awssecrets.testing.FailedStart;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Attacks on an application by somebody who may write to its actuator, its config server
 * or its secrets, all of which are refused. {@code docs/security.md} names them.
 */
@ExtendWith(OutputCaptureExtension.class)
class AttacksIntegrationTests {

	private static final String ACCOUNT = "123456789012";

	@RegisterExtension
	private static final SecretsServerExtension extension = SecretsServerExtension.withSecrets();

	/* Of the attacker, with a secret of the same name */
	private static final SecretsServer other = SecretsServer.start();

	private final SecretsServer secrets = extension.server();

	private final CanaryFragments fragments = CanaryFragments
		.of(List.of(Canary.value("prod/db.password", 1), Canary.value("prod/db.password", 2)));

	@TempDir
	private Path directory;

	@BeforeEach
	void create() {
		this.secrets.reset();
		this.secrets.create("prod/db", Canary.json("prod/db", 1, "password"));
		this.secrets.create("admin/root", Canary.json("admin/root", 1, "password"));
		other.reset();
		other.create("prod/db", Canary.json("prod/db", "of the attacker", "password"));
	}

	/* With settings where everything else of the Environment goes before them */
	private TestApplication application() {
		StringBuilder settings = new StringBuilder();
		this.secrets.properties().forEach((name, value) -> settings.append(name + "=" + value + "\n"));
		return TestApplication.in(this.directory).file("application.properties", settings.toString());
	}

	private WebApplication run() {
		WebApplication application = WebApplication.run(application().yaml("""
				app:
				  password: $<secret:prod/db.password>
				  chosen: $<secret:${app.name:prod/db}.password>
				"""), "--management.endpoint.env.show-values=always");
		this.secrets.clearCalls();
		return application;
	}

	private static HttpResponse<String> write(WebApplication application, String name, String value) {
		HttpResponse<String> response = application.post("/env",
				"{\"name\":\"%s\",\"value\":\"%s\"}".formatted(name, value));
		assertThat(response.statusCode()).isEqualTo(200);
		return response;
	}

	@Test
	void referenceWhenPlantedThroughActuatorIsRefused() {
		try (WebApplication application = run()) {
			write(application, "app.planted", "$<secret:admin/root.password>");
			assertRefused(application, "app.planted", "Not trusted: references in property source 'manager'");
			HttpResponse<String> answer = application.get("/env/app.planted");
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.body()).contains("\"value\":\"******\"");
			application.post("/refresh", "");
			assertRefused(application, "app.planted", "Not trusted");
			assertNotAsked("admin/root");
		}
	}

	@Test
	void secretWhenChosenThroughActuatorIsRefused() {
		try (WebApplication application = run()) {
			write(application, "app.name", "admin/root");
			assertRefused(application, "app.chosen", "leads to property 'app.name' in property source 'manager'");
			assertNotAsked("admin/root");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "${app.password}", "x${app.password}", "${none:${app.password}}" })
	void valueWhenCopiedThroughActuatorIsMasked(String text) {
		try (WebApplication application = run()) {
			write(application, "app.copy", text);
			for (String path : List.of("/env", "/env/app.copy", "/env/app.password", "/configprops")) {
				assertNoValue(application, path);
			}
			assertThat(application.get("/env/app.copy").body()).contains("\"value\":\"******\"");
		}
	}

	@ParameterizedTest
	@MethodSource("settings")
	void settingWhenWrittenThroughActuatorIsIgnored(String name, String value) {
		try (WebApplication application = run()) {
			write(application, name, value);
			application.post("/refresh", "");
			assertSettingsAreThoseOfStart(application);
			write(application, "app.planted", "$<secret:admin/root.password>");
			assertRefused(application, "app.planted", "Not trusted: references in property source 'manager'");
			assertNotAsked("admin/root");
		}
	}

	@ParameterizedTest
	@MethodSource("settings")
	void settingWhenSetAsSystemPropertyAfterStartIsIgnored(String name, String value) {
		try (WebApplication application = run()) {
			System.setProperty(name, value);
			assertThat(application.context().getEnvironment().getProperty(name)).isEqualTo(value);
			assertSettingsAreThoseOfStart(application);
		}
		finally {
			System.clearProperty(name);
		}
	}

	static Stream<Arguments> settings() {
		return Stream.of(Arguments.of("aws.secrets.endpoint", other.endpoint().toString()),
				Arguments.of("aws.secrets.region", "us-east-1"),
				Arguments.of("aws.secrets.role-arn", "arn:aws:iam::210987654321:role/attacker"),
				Arguments.of("aws.secrets.profile", "attacker"), Arguments.of("aws.secrets.allowed", "admin/*"),
				Arguments.of("aws.secrets.untrusted-sources", "none"), Arguments.of("aws.secrets.enabled", "false"),
				Arguments.of("aws.secrets.local", "file:/attacker.yml"),
				Arguments.of("aws.secrets.shown-keys", "password"));
	}

	/**
	 * Follow a rotation, which needs a call with the settings.
	 */
	private void assertSettingsAreThoseOfStart(WebApplication application) {
		this.secrets.put("prod/db", Canary.json("prod/db", 2, "password"));
		application.context().getBean(ContextRefresher.class).refresh();
		assertThat(Canary.value("prod/db.password", 2)
			.equals(application.context().getEnvironment().getProperty("app.password"))).isTrue();
		assertThat(this.secrets.calls()).as("asked again").isNotEmpty().allSatisfy((call) -> {
			assertThat(call.region()).isEqualTo("eu-west-1");
			assertThat(call.outcome()).isEqualTo(Call.OK);
		});
		assertThat(other.calls()).isEmpty();
		assertNoValue(application, "/env/app.password");
		assertThat(application.get("/env/app.password").body()).contains("\"value\":\"******\"");
	}

	private void assertNoValue(WebApplication application, String path) {
		HttpResponse<String> response = application.get(path);
		assertThat(response.statusCode()).as(path).isEqualTo(200);
		assertThat(Canary.isIn(response.body())).as(path).isFalse();
		assertThat(this.fragments.areIn(response.body())).as("part of a value in " + path).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "configserver:https://config.example.com/app.yml", "bootstrapProperties-remote" })
	void endpointWhenSetByConfigServerIsIgnored(String source, CapturedOutput output) {
		TestApplication application = application().yaml("app.password: $<secret:prod/db.password>")
			.customize((spring) -> spring.addInitializers((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource(source, Map.of("aws.secrets.endpoint", other.endpoint().toString())))));
		try (var context = application.run()) {
			assertThat(Canary.value("prod/db.password", 1).equals(context.getEnvironment().getProperty("app.password")))
				.isTrue();
		}
		assertThat(other.calls()).isEmpty();
		assertThat(output).contains("Ignored aws.secrets.* in property source '" + source + "'");
	}

	@Test
	void referenceWhenOfUntrustedConfigServerIsRefused(CapturedOutput output) {
		TestApplication application = application().arguments("--aws.secrets.untrusted-sources=configserver:*")
			.customize((spring) -> spring.addInitializers((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("configserver:https://config.example.com/app.yml",
						Map.of("app.planted", "$<secret:admin/root.password>")))));
		assertThat(FailedStart.of(application, output).report()).contains("app.planted",
				"Not trusted: references in property source 'configserver:https://config.example.com/app.yml'");
		assertThat(this.secrets.calls()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			of another account | arn:aws:secretsmanager:eu-west-1:210987654321:secret:prod/db-AbCdEf
			of another Region  | arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-AbCdEf
			other name         | admin/root
			with parents       | prod/../admin/root
			with dots          | prod/db/../../admin/root
			prefix only        | production/db
			""")
	void secretWhenNotAllowedIsRefused(String kind, String id, CapturedOutput output) {
		FailedStart start = FailedStart.of(application()
			.arguments("--aws.secrets.allowed=prod/db", "--aws.secrets.role-arn=arn:aws:iam::" + ACCOUNT + ":role/app")
			.yaml("app.planted: $<secret:%s#password>".formatted(id)), output);
		assertThat(start.report()).as(kind).contains("Not allowed: no entry of aws.secrets.allowed matches");
		assertThat(this.secrets.calls()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("oddIds")
	void idWhenWithWildcardOrOddCharacterIsError(String id, String character, CapturedOutput output) {
		FailedStart start = FailedStart.of(
				application().arguments("--app.name=" + id).yaml("app.planted: $<secret:${app.name}.password>"),
				output);
		assertThat(start.report()).contains("app.planted",
				"The name of a secret cannot contain %s.".formatted(character));
		assertThat(this.secrets.calls()).isEmpty();
	}

	static Stream<Arguments> oddIds() {
		return Stream.of(Arguments.of("prod/*", "'*' (its character 6)"), Arguments.of("*", "'*' (its character 1)"),
				Arguments.of("prod/d?b", "'?' (its character 7)"),
				Arguments.of("prod/db%2f..", "'%' (its character 8)"),
				Arguments.of("prod/db\n", "U+000A (its character 8)"));
	}

	@Test
	void globWhenAllowedDoesNotReachOverParents(CapturedOutput output) {
		this.secrets.create("prod/../admin/root", Canary.json("prod/../admin/root", 1, "password"));
		try (var context = application().arguments("--aws.secrets.allowed=prod/*")
			.yaml("app.dots: $<secret:prod/../admin/root.password>")
			.run()) {
			assertThat(Canary.value("prod/../admin/root.password", 1)
				.equals(context.getEnvironment().getProperty("app.dots"))).as("a name like any other").isTrue();
		}
		assertNotAsked("admin/root");
	}

	@ParameterizedTest
	@ValueSource(strings = { "$<secret:admin/root.password>", "${secret:admin/root.password}", "${app.other}",
			"#{environment['app.other']}" })
	void secretWhenItNamesAnotherIsText(String text) {
		this.secrets.put("prod/db", "{\"password\":\"%s\"}".formatted(text));
		try (var context = application().arguments("--aws.secrets.spring-placeholders=true", "--app.other=reached")
			.yaml("app.password: $<secret:prod/db.password>")
			.run()) {
			assertThat(context.getEnvironment().getProperty("app.password")).isEqualTo(text);
			assertThat(context.getEnvironment().resolveRequiredPlaceholders("${app.password}")).isEqualTo(text);
		}
		assertNotAsked("admin/root");
	}

	@Test
	void secretWhenItChoosesAnotherIsRefused(CapturedOutput output) {
		this.secrets.put("prod/db", "{\"password\":\"admin/root\"}");
		FailedStart start = FailedStart.of(application().yaml("""
				app.name: $<secret:prod/db.password>
				app.planted: $<secret:${app.name}.password>
				"""), output);
		assertThat(start.report()).contains("app.planted", "app.name").doesNotContain("admin/root");
		assertThat(CanaryScanner.scan("output", start.output())).isEmpty();
		assertNotAsked("admin/root");
	}

	private static void assertRefused(WebApplication application, String name, String reason) {
		assertThatExceptionOfType(UnresolvedReferenceException.class)
			.isThrownBy(() -> application.context().getEnvironment().getProperty(name))
			.withMessageContaining(reason);
	}

	private void assertNotAsked(String id) {
		assertThat(this.secrets.calls()).flatExtracting(Call::secretIds).doesNotContain(id);
	}

}
