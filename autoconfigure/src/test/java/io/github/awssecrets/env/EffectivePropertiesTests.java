package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.awssecrets.reference.KeySelector;
import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.snapshot.SecretSnapshots;
import io.github.awssecrets.snapshot.Snapshot;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what {@link SecretsEnvironment} tells of the properties and secrets in use.
 */
class EffectivePropertiesTests {

	private static final SecretSelector DB = selector("prod/db");

	private static final SecretSelector OTHER = selector("prod/other");

	private static final String USER = TestContext.value("prod/db", "user");

	private final TestContext context = new TestContext().keys("prod/db", "user", "password")
		.secret("prod/other", "other");

	@Test
	void effectiveNamesAreThoseThatReadersGetFromReferences() {
		this.context.properties("higher", "app.hidden", "plain").yaml("""
				app:
				  user: $<secret:prod/db.user>
				  chained: ${app.user}
				  plain: text
				  hidden: $<secret:prod/db.password>
				""").variable("APP_TOKEN", "$<secret:prod/other>").start();
		assertThat(secrets().effectiveNames()).containsExactlyInAnyOrder(name("app.user"), name("app.chained"),
				name("app.token"));
	}

	@Test
	void valueWhenPropertyHasReferenceIsThatOfTheSnapshotOfTheThread() {
		this.context.yaml("""
				app:
				  user: $<secret:prod/db.user>
				  plain: text
				""").start();
		assertThat(secrets().value(name("app.user"))).isEqualTo(USER);
		assertThat(secrets().value(name("app.plain"))).isNull();
		assertThat(secrets().value(name("app.missing"))).isNull();
		stage(2);
		assertThat(snapshots().<String>reading(snapshots().staged(), () -> secrets().value(name("app.user"))))
			.isEqualTo(Canary.value("prod/db.user", 2));
		assertThat(secrets().value(name("app.user"))).isEqualTo(USER);
	}

	@Test
	void valueWhenReferenceHasNoneIsNull() {
		this.context.arguments("--aws.secrets.fail-fast=false").yaml("""
				denied: $<secret:denied.key>
				broken: $<secret:broken
				""");
		this.context.retrieval().failure("denied", RetrievalFailure.Cause.ACCESS_DENIED);
		this.context.start();
		int calls = this.context.retrieval().calls();
		assertThat(secrets().value(name("denied"))).isNull();
		assertThat(secrets().value(name("broken"))).isNull();
		assertThat(this.context.retrieval().calls()).isEqualTo(calls);
	}

	@Test
	void selectorsAreThoseOfAllReferencesThatCount() {
		this.context.arguments("--aws.secrets.fail-fast=false").yaml("""
				app:
				  user: $<secret:prod/db.user>
				  chained: ${app.user}-$<secret:prod/other>
				  defaulted: $<secret:missing.key:${app.user}>
				  broken: $<secret:broken
				  plain: text
				""").start();
		assertThat(secrets().selectors(name("app.user"))).containsExactly(DB);
		assertThat(secrets().selectors(name("app.chained"))).containsExactly(DB, OTHER);
		assertThat(secrets().selectors(name("app.defaulted"))).containsExactlyInAnyOrder(selector("missing"), DB);
		assertThat(secrets().selectors(name("app.broken"))).isEmpty();
		assertThat(secrets().selectors(name("app.plain"))).isEmpty();
	}

	@Test
	void changedPropertiesAreThoseWithOtherValues() {
		this.context.keys("prod/same", "key").yaml("""
				app:
				  user: $<secret:prod/db.user>
				  chained: ${app.user}-$<secret:prod/other>
				  constant: $<secret:prod/db.constant:none>
				  other: $<secret:prod/same.key>
				""").start();
		Snapshot before = snapshots().current();
		stage(2);
		assertThat(secrets().changedProperties(before, snapshots().staged()))
			.isEqualTo(Map.of(name("app.user"), Set.of(DB), name("app.chained"), Set.of(DB, OTHER)));
		assertThat(secrets().changedProperties(before, before)).isEmpty();
		assertThat(snapshots().current()).isSameAs(before);
	}

	@Test
	void propertyUsesNamePropertiesSettingsAnnotationsAndLookUps() {
		this.context.arguments("--aws.secrets.fail-fast=false").keys("prod/login", "username", "password").yaml("""
				app:
				  user: $<secret:prod/db.user>
				  chained: ${app.user}-$<secret:prod/other>
				  broken: $<secret:broken
				  circular: $<secret:prod/db.user>${app.circular}
				aws.secrets.jdbc.secret: prod/login
				""").start();
		assertThat(this.context.context().getBeanFactory().resolveEmbeddedValue("$<secret:prod/db.password>"))
			.isEqualTo(TestContext.value("prod/db", "password"));
		assertThat(secrets().propertyUses()).isEqualTo(Map.of(DB,
				Set.of(new PropertyUse("app.user", "user", "application.yml:2:9"),
						new PropertyUse("app.chained", "user", "application.yml:3:12"),
						new PropertyUse("@Value", "password", "an annotation")),
				OTHER, Set.of(new PropertyUse("app.chained", "", "application.yml:3:12")), selector("prod/login"),
				Set.of(new PropertyUse("aws.secrets.jdbc.secret", "", "application.yml:6:26"))));
	}

	@Test
	void usedSecretsAreThoseOfReferencesImportsAndSettings() {
		this.context.keys("prod/login", "username", "password")
			.yaml("app.user: $<secret:prod/db.user>$<secret:prod/db.password>\naws.secrets.jdbc.secret: prod/login")
			.imported("secret:prod/db?prefix=db.")
			.imported("secret:prod/other?name=other")
			.imported("optional:secret:prod/missing")
			.start();
		assertThat(secrets().usedSecrets()).containsExactlyInAnyOrder(
				new UsedSecret(DB, Set.of(dotted("user"), dotted("password"), exact("user"), exact("password")), true),
				new UsedSecret(OTHER, Set.of(new KeySelector.Whole()), false),
				new UsedSecret(selector("prod/missing"), Set.of(), true),
				new UsedSecret(selector("prod/login"), Set.of(exact("username"), exact("password")), false));
		assertThat(secrets().requiredSecrets()).containsExactlyInAnyOrder(DB, OTHER, selector("prod/missing"),
				selector("prod/login"));
	}

	@Test
	void useChangeIsToldOnlyOfOtherSecrets() {
		this.context.yaml("app.user: $<secret:prod/db.user>").start();
		List<String> told = new ArrayList<>();
		secrets().onUseChange(() -> told.add("change"));
		secrets().update();
		assertThat(told).isEmpty();
		add("app.other", "$<secret:prod/other>");
		secrets().update();
		assertThat(told).hasSize(1);
		secrets().update();
		assertThat(told).hasSize(1);
		String annotation = "$<secret:prod/db.password>";
		this.context.context().getBeanFactory().resolveEmbeddedValue(annotation);
		assertThat(told).hasSize(2);
		this.context.context().getBeanFactory().resolveEmbeddedValue(annotation);
		assertThat(told).hasSize(2);
	}

	@Test
	void updateWhenReferencesAreGoneForgetsTwinsProblemsAndUses() {
		this.context.arguments("--aws.secrets.fail-fast=false")
			.properties("late", "app.user", "$<secret:prod/db.user>", "app.key", "$<secret:missing.key>")
			.start();
		assertThat(secrets().problems()).hasSize(1);
		this.context.environment().getPropertySources().remove("late");
		secrets().update();
		assertThat(this.context.property("app.user")).isNull();
		assertThat(this.context.environment().getPropertySources()).noneMatch(PropertyTwin.class::isInstance);
		assertThat(secrets().problems()).isEmpty();
		assertThat(secrets().usedSecrets()).isEmpty();
		assertThat(secrets().effectiveNames()).isEmpty();
	}

	@Test
	void environmentChangeEventFindsReferencesAgain() {
		this.context.yaml("a: b").start();
		add("app.user", "$<secret:prod/db.user>");
		this.context.context().publishEvent(new EnvironmentChangeEvent(Set.of("app.user")));
		assertThat(this.context.property("app.user")).isEqualTo(USER);
	}

	@Test
	void environmentChangeEventWhenPictureIsTakenOnlyEndsIt() {
		this.context.yaml("a: b").start();
		add("app.user", "$<secret:prod/db.user>");
		secrets().beginPicture(Set.of());
		this.context.context().publishEvent(new EnvironmentChangeEvent(Set.of("app.user")));
		assertThat(secrets().endPicture()).isFalse();
		assertThat(secrets().effectiveNames()).isEmpty();
		assertThat(this.context.retrievals()).isZero();
	}

	@Test
	void pictureWhenPropertyIsPendingDiffersFromAnyValue() {
		this.context.properties("higher", "app.a", "$<secret:prod/db.user>").yaml("""
				app:
				  a: $<secret:prod/db.password>
				  b: $<secret:prod/db.user>
				""").start();
		secrets().beginPicture(Set.of(name("app.a"), name("app.missing")));
		try {
			assertThat(this.context.property("app.a")).isEqualTo(Pictures.PENDING);
			assertThat(this.context.property("app.b")).isEqualTo(USER);
		}
		finally {
			assertThat(secrets().endPicture()).isTrue();
		}
		assertThat(this.context.property("app.a")).isEqualTo(USER);
		assertThat(secrets().endPicture()).isFalse();
	}

	@Test
	void regionIsThatOfTheRetrievalOrElseOfTheSettings() {
		this.context.arguments("--aws.secrets.region=us-east-1").yaml("app.user: plain").start();
		assertThat(secrets().region()).isEqualTo("us-east-1");
		add("app.user", "$<secret:prod/db.user>");
		secrets().update();
		assertThat(secrets().region()).isEqualTo("eu-west-1");
	}

	private SecretsEnvironment secrets() {
		return SecretsEnvironment.find(this.context.environment());
	}

	private SecretSnapshots snapshots() {
		return secrets().snapshots();
	}

	private void add(String name, String text) {
		this.context.environment()
			.getPropertySources()
			.addFirst(new MapPropertySource("added " + name, Map.of(name, text)));
	}

	private void stage(int version) {
		SecretVersion old = (SecretVersion) snapshots().outcome(DB);
		String text = Canary.json("prod/db", version, "user", "password");
		snapshots().stage(Map.of(DB, new SecretVersion(old.arn(), old.name(), old.region(), "version-" + version,
				old.stages(), SecretContent.ofText(text), null, old.retrieved())));
	}

	private static ConfigurationPropertyName name(String name) {
		return ConfigurationPropertyName.of(name);
	}

	private static SecretSelector selector(String id) {
		return SecretSelector.current(new SecretId(id));
	}

	private static KeySelector dotted(String name) {
		return new KeySelector.Dotted(List.of(new KeySelector.Step(name, List.of())));
	}

	private static KeySelector exact(String name) {
		return new KeySelector.Exact(name);
	}

}
