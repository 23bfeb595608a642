package io.github.awssecrets.env;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.env.ConfigTreePropertySource;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReferencePolicy} and {@link Globs}.
 */
class ReferencePolicyTests {

	private static final String ROLE = "arn:aws:iam::123456789012:role/orders";

	@ParameterizedTest
	@CsvSource({ "prod/db, prod/db, true", "prod/*, prod/db, true", "prod/*, prod/a/b, true", "prod/*, prod/, true",
			"prod/*, production/db, false", "*, anything, true", "*/db, prod/db, true", "*/db, db, false",
			"p*d/*b, prod/db, true", "prod/db, prod/db2, false", "prod.db, prod/db, false", "prod/db*, PROD/db, false",
			"a; prod/db, prod/db, true" })
	void problemWhenNamesAreAllowedFollowsGlobs(String allowed, String name, boolean expected) {
		assertThat(isAllowed(policy("eu-west-1", null, allowed.split("; ", -1)), name)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "none", textBlock = """
			eu-west-1    | arn:aws:iam::123456789012:role/orders | true
			us-east-1    | arn:aws:iam::123456789012:role/orders | false
			none         | arn:aws:iam::123456789012:role/orders | false
			eu-west-1    | arn:aws:iam::210987654321:role/orders | false
			eu-west-1    | none                                  | false
			""")
	void problemWhenArnIsOfOwnAccountAndRegionMatchesItsName(@Nullable String region, @Nullable String role,
			boolean expected) {
		String arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf";
		assertThat(isAllowed(policy(region, role, "prod/*"), arn)).isEqualTo(expected);
	}

	@Test
	void problemWhenArnMatchesAsWrittenAllowsIt() {
		String arn = "arn:aws:secretsmanager:us-east-1:210987654321:secret:prod/db-AbCdEf";
		assertThat(isAllowed(policy("eu-west-1", ROLE, "arn:aws:secretsmanager:*:210987654321:secret:prod/*"), arn))
			.isTrue();
	}

	@Test
	void problemWhenNothingIsConfiguredAllowsAll() {
		assertThat(isAllowed(policy(null, null), "anything")).isTrue();
	}

	@Test
	void isTrustedWhenStartedIsOnlyWhatWasThereBeforeOrIsConfigData(@TempDir Path directory) {
		ReferencePolicy policy = new ReferencePolicy();
		assertThat(policy.isTrusted(source("early"))).isTrue();
		policy.endStart(List.of(source("before")));
		assertThat(policy.isTrusted(source("before"))).isTrue();
		assertThat(policy.isTrusted(source("early"))).isFalse();
		assertThat(policy.isTrusted(source("config"))).isFalse();
		assertThat(policy.isTrusted(new OriginTrackedMapPropertySource("config", Map.of()))).isTrue();
		assertThat(policy.isTrusted(source("config"))).isTrue();
		assertThat(policy.isTrusted(new ConfigTreePropertySource("tree", directory))).isTrue();
	}

	@Test
	void isTrustedWhenSourceIsOfImportIsThatOfTheSourceWithTheImport() {
		ReferencePolicy policy = new ReferencePolicy();
		policy.endStart(List.of(source("before")));
		assertThat(policy.isTrusted(imported(source("before")))).isTrue();
		assertThat(policy.isTrusted(imported(source("after")))).isFalse();
		assertThat(policy.isTrusted(imported(null))).isTrue();
	}

	@Test
	void problemWhenSourceIsThatOfTheActuatorIsThere() {
		ReferencePolicy policy = new ReferencePolicy();
		assertThat(policy.isTrusted(source("manager"))).isFalse();
		SettingUse use = new SettingUse(new SourceProperty("a", "prod/db", source("manager"), null));
		ReferenceProblem problem = policy.problem(use, Uses.of("$<secret:prod/db#>").reference());
		assertThat(problem).isNotNull();
		assertThat(problem.description()).isEqualTo("Not trusted: settings in property source 'manager' are refused.");
	}

	private static PropertySource<?> source(String name) {
		return new MapPropertySource(name, Map.of());
	}

	private static PropertySource<?> imported(@Nullable PropertySource<?> importing) {
		return new SecretImportPropertySource(SecretImport.parse("prod/db", false),
				new ImportUse(new SourceProperty("spring.config.import", "secret:prod/db", importing, null)),
				new ImportedReferences());
	}

	private static boolean isAllowed(ReferencePolicy policy, String id) {
		Uses uses = Uses.of("$<secret:" + id + "#>");
		return policy.problem(uses.use(), uses.reference()) == null;
	}

	private static ReferencePolicy policy(@Nullable String region, @Nullable String role, String... allowed) {
		return new ReferencePolicy(new SecretsProperties(true, region, null, null, role, false, false,
				Duration.ofSeconds(30), true, Arrays.asList(allowed), List.of(), false, List.of(), null, false,
				new SecretsProperties.Watch(true, Duration.ofSeconds(60), 0.2),
				new SecretsProperties.Refresh(SecretsProperties.Refresh.Strategy.PUBLISH),
				new SecretsProperties.Jdbc(null, null, true)));
	}

}
