package io.github.awssecrets.contract;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.awssecrets.retrieval.SecretsManagerClientCustomizer;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.FailedStart;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;

import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application gets whose references are answered by the backend, and what it
 * reports where they cannot be.
 */
@ExtendWith(OutputCaptureExtension.class)
abstract class StarterCases extends ContractCases {

	@TempDir
	private Path directory;

	@Test
	void keyIsReadFromJsonSecret() {
		createJson("db", 1, "username", "password");
		assertReads("$<secret:%s.password>".formatted(id("db")), Canary.value(id("db") + ".password", 1));
	}

	@Test
	void nestedKeyAndPointerAreReadFromJsonSecret() {
		createText("db", "{\"a\":{\"b\":[1.10,true]}}");
		assertReads("$<secret:%1$s.a.b[0]>$<secret:%1$s#/a/b/1>".formatted(id("db")), "1.10true");
	}

	@Test
	void wholeTextIsRead() {
		create("token");
		assertReads("$<secret:%s>".formatted(id("token")), value("token", 1));
	}

	@Test
	void wholeBinaryIsReadAsBase64() {
		byte[] bytes = value("key", 1).getBytes(StandardCharsets.UTF_8);
		this.client.createSecret((request) -> request.name(id("key")).secretBinary(SdkBytes.fromByteArray(bytes)));
		assertReads("$<secret:%s>".formatted(id("key")), Base64.getEncoder().encodeToString(bytes));
	}

	@Test
	void stageIsRead() {
		create("token");
		put("token", 2);
		assertReads("$<secret:%s?stage=AWSPREVIOUS>".formatted(id("token")), value("token", 1));
	}

	@Test
	void versionIsRead() {
		String first = create("token");
		put("token", 2);
		put("token", 3);
		assertReads("$<secret:%s?version=%s>".formatted(id("token"), first), value("token", 1));
	}

	@Test
	void newVersionIsFollowedByARefresh() {
		create("token");
		try (ConfigurableApplicationContext context = application(
				Map.of("value", "$<secret:%s>".formatted(id("token"))))
			.run()) {
			assertThat(value("token", 1).equals(context.getEnvironment().getProperty("value"))).isTrue();
			ContextRefresher refresher = context.getBean(ContextRefresher.class);
			assertThat(refresher.refresh()).isEmpty();
			put("token", 2);
			assertThat(refresher.refresh()).containsExactly("value");
			assertThat(value("token", 2).equals(context.getEnvironment().getProperty("value"))).isTrue();
		}
	}

	@Test
	void keysOfAnImportAreRead() {
		createJson("db", 1, "username", "password");
		Map<String, String> properties = Map.of("spring.config.import", "secret:%s?prefix=db.".formatted(id("db")));
		try (ConfigurableApplicationContext context = application(properties).run()) {
			assertThat(
					Canary.value(id("db") + ".password", 1).equals(context.getEnvironment().getProperty("db.password")))
				.isTrue();
			assertThat(
					Canary.value(id("db") + ".username", 1).equals(context.getEnvironment().getProperty("db.username")))
				.isTrue();
		}
	}

	@Test
	void arnIsReadInItsOwnRegion() {
		createJson("db", 1, "password");
		Map<String, String> properties = Map.of("value", "$<secret:%s.password>".formatted(arn("db")),
				"aws.secrets.region", "us-east-1");
		try (ConfigurableApplicationContext context = application(properties).run()) {
			assertThat(Canary.value(id("db") + ".password", 1).equals(context.getEnvironment().getProperty("value")))
				.isTrue();
		}
	}

	@Test
	void partialArnIsReported(CapturedOutput output) {
		create("token");
		assertThat(report("$<secret:%s#>".formatted(arn("token").replaceAll("-[^-]{6}$", "")), output))
			.contains("The ARN is incomplete");
	}

	@Test
	void defaultAppliesWhereSecretOrKeyIsMissing() {
		createJson("db", 1, "password");
		assertReads("$<secret:%s.key:a>$<secret:%s.other:b>".formatted(id("missing"), id("db")), "ab");
	}

	@Test
	void secretWithoutVersionIsReportedDespiteDefault(CapturedOutput output) {
		this.client.createSecret((request) -> request.name(id("empty")));
		assertThat(report("$<secret:%s:none>".formatted(id("empty")), output))
			.contains("Secret '%s' in %s has no value yet.".formatted(id("empty"), RunningBackend.REGION));
	}

	@Test
	void secretWithoutVersionDoesNotSpoilOthers() {
		create("token");
		this.client.createSecret((request) -> request.name(id("empty")));
		Map<String, String> properties = Map.of("value", "$<secret:%s>".formatted(id("token")), "empty",
				"$<secret:%s>".formatted(id("empty")), "aws.secrets.fail-fast", "false");
		try (ConfigurableApplicationContext context = application(properties).run()) {
			assertThat(value("token", 1).equals(context.getEnvironment().getProperty("value"))).isTrue();
		}
	}

	@Test
	void valueIsData() {
		String text = Canary.value("text", 1) + " ${x} ${y:z} #{1+1} {cipher}00 \\ } \" ' $<secret:a.b>\r\n ü 😀";
		createText("text", text);
		assertReads("$<secret:%s>".formatted(id("text")), text);
	}

	@Test
	void moreSecretsThanOneCallTakesAreRead() {
		List<String> ids = ids(45);
		ids.forEach((id) -> this.client.createSecret((request) -> request.name(id).secretString(Canary.value(id, 1))));
		Map<String, String> properties = new LinkedHashMap<>();
		ids.forEach((id) -> properties.put("app." + id.replaceAll(".*/", ""), "$<secret:" + id + ">"));
		try (ConfigurableApplicationContext context = application(properties).run()) {
			assertThat(ids).allMatch((id) -> Canary.value(id, 1)
				.equals(context.getEnvironment().getProperty("app." + id.replaceAll(".*/", ""))));
		}
	}

	@Test
	void missingSecretIsReported(CapturedOutput output) {
		assertThat(report("$<secret:%s.key>".formatted(id("missing")), output))
			.contains("No secret '%s' in %s.".formatted(id("missing"), RunningBackend.REGION));
	}

	@Test
	void missingKeyIsReported(CapturedOutput output) {
		createJson("db", 1, "username", "password");
		assertThat(report("$<secret:%s.pasword>".formatted(id("db")), output))
			.contains("%s has no key 'pasword'. Its keys: password, username.".formatted(id("db")))
			.contains("Did you mean 'password'?");
	}

	@Test
	void missingStageIsReported(CapturedOutput output) {
		create("token");
		assertThat(report("$<secret:%s?stage=AWSPENDING>".formatted(id("token")), output))
			.contains("Secret '%s' in %s has no version with stage AWSPENDING.".formatted(id("token"),
					RunningBackend.REGION));
	}

	@Test
	void missingVersionIsReported(CapturedOutput output) {
		create("token");
		String version = "0123456789abcdef0123456789abcdef";
		assertThat(report("$<secret:%s?version=%s>".formatted(id("token"), version), output))
			.contains("Secret '%s' in %s has no version %s.".formatted(id("token"), RunningBackend.REGION, version));
	}

	@Test
	void deletedSecretIsReportedDespiteDefault(CapturedOutput output) {
		create("token");
		delete("token");
		assertThat(report("$<secret:%s:none>".formatted(id("token")), output)).contains("Scheduled for deletion (")
			.contains("aws secretsmanager restore-secret --secret-id %s --region %s".formatted(id("token"),
					RunningBackend.REGION));
	}

	@Test
	void everythingThatIsWrongIsReportedAtOnce(CapturedOutput output) {
		createText("text", "not JSON");
		create("token");
		delete("token");
		assertThat(report(
				"$<secret:%s.a>$<secret:%s.b>$<secret:%s.c>".formatted(id("text"), id("token"), id("missing")), output))
			.contains("3 secret references could not be resolved (3 secrets");
	}

	private void createText(String name, String text) {
		this.client.createSecret((request) -> request.name(id(name)).secretString(text));
	}

	private void createJson(String name, int version, String... keys) {
		createText(name, Canary.json(id(name), version, keys));
	}

	private void assertReads(String property, String expected) {
		try (ConfigurableApplicationContext context = application(Map.of("value", property)).run()) {
			assertThat(expected.equals(context.getEnvironment().getProperty("value"))).isTrue();
		}
	}

	private String report(String property, CapturedOutput output) {
		return FailedStart.of(application(Map.of("value", property)), output).report();
	}

	private TestApplication application(Map<String, String> properties) {
		SecretsManagerClientCustomizer customizer = this.backend::sign;
		Map<String, String> all = new LinkedHashMap<>(Map.of("aws.secrets.endpoint", this.backend.endpoint().toString(),
				"aws.secrets.region", RunningBackend.REGION));
		all.putAll(properties);
		return TestApplication.in(this.directory)
			.yaml(all.entrySet()
				.stream()
				.map((entry) -> "%s: '%s'%n".formatted(entry.getKey(), entry.getValue()))
				.collect(Collectors.joining()))
			.customize((application) -> application.addBootstrapRegistryInitializer((registry) -> registry
				.register(SecretsManagerClientCustomizer.class, InstanceSupplier.of(customizer))));
	}

}
