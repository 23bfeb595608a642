package io.github.awssecrets.env;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Bindable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that references leave the precedence of sources as it is, and that those which do
 * not count are not retrieved.
 */
class PrecedenceTests {

	private static final String PASSWORD = TestContext.value("prod/db", "password");

	private static final Bindable<List<String>> STRINGS = Bindable.listOf(String.class);

	private final TestContext context = new TestContext().keys("prod/db", "username", "password");

	@ParameterizedTest
	@ValueSource(strings = { "app.api-key", "app.apiKey", "app.apikey", "app.api_key", "app.API_KEY" })
	void argumentWinsInAnySpelling(String name) {
		this.context.arguments("--" + name + "=plain").yaml("app.api-key: $<secret:missing.key>").start();
		assertPlain("app.api-key");
	}

	@ParameterizedTest
	@ValueSource(strings = { "app.api-key", "app.apiKey", "app.api_key" })
	void variableWinsOverAnySpelling(String name) {
		this.context.variable("APP_APIKEY", "plain").yaml(name + ": $<secret:missing.key>").start();
		assertPlain("app.api-key");
	}

	@Test
	void variableWithUnderscoreForDashWins() {
		this.context.variable("APP_API_KEY", "plain").yaml("app.api-key: $<secret:missing.key>").start();
		assertPlain("app.api-key");
	}

	@ParameterizedTest
	@ValueSource(strings = { "APP_APIKEY", "APP_API_KEY" })
	void argumentWinsOverVariable(String variable) {
		this.context.arguments("--app.api-key=plain").variable(variable, "$<secret:missing.key>").start();
		assertPlain("app.api-key");
	}

	@ParameterizedTest
	@ValueSource(strings = { "appa.bkey", "a.ppabkey", "ap-pa.bkey" })
	void variableIsRetrievedIfHigherNameOnlyHasTheSameLetters(String name) {
		this.context.systemProperty(name, "plain").variable("APP_ABKEY", "$<secret:prod/db.password>").start();
		assertThat(this.context.retrieval().asked()).containsExactly("prod/db");
		assertThat(this.context.property(name)).isEqualTo("plain");
	}

	@Test
	void systemPropertyWinsOverVariable() {
		this.context.systemProperty("app.apiKey", "plain").variable("APP_API_KEY", "$<secret:missing.key>").start();
		assertPlain("app.api-key");
	}

	@Test
	void referenceInHigherSourceWins() {
		this.context.variable("APP_APIKEY", "$<secret:prod/db.password>").yaml("app.api-key: plain").start();
		assertThat(this.context.property("app.api-key")).isEqualTo(PASSWORD);
		assertThat(this.context.binder().bind("app.api-key", String.class).get()).isEqualTo(PASSWORD);
	}

	@Test
	void referenceInHigherSourceWinsOverReference() {
		this.context.arguments("--app.key=$<secret:prod/db.password>").yaml("app.key: $<secret:missing.key>").start();
		assertThat(this.context.property("app.key")).isEqualTo(PASSWORD);
		assertThat(this.context.retrieval().asked()).containsExactly("prod/db");
	}

	@Test
	void propertyBesideReferenceInLowerSourceDoesNotShadow() {
		this.context.properties("higher", "app.user", "higher").yaml("""
				app.user: lower
				app.password: $<secret:prod/db.password>
				""").start();
		assertThat(this.context.property("app.user")).isEqualTo("higher");
		assertThat(this.context.property("app.password")).isEqualTo(PASSWORD);
	}

	@Test
	void chainThatIsOverriddenIsNotRetrieved() {
		this.context.arguments("--url=plain").yaml("""
				url: ${db.url}
				other: ${db.plain}
				---
				db.plain: x
				""").start();
		assertThat(this.context.property("url")).isEqualTo("plain");
		assertThat(this.context.retrievals()).isZero();
	}

	@Test
	void chainTakesTheWinningValue() {
		this.context.arguments("--db.password=plain").yaml("""
				db.password: $<secret:missing.key>
				url: ${db.password}
				""").start();
		assertThat(this.context.property("url")).isEqualTo("plain");
		assertThat(this.context.retrievals()).isZero();
	}

	@Test
	void referenceInDefaultOfPlaceholderWhenPropertyIsSetIsNotRetrieved() {
		this.context.variable("DB_PASSWORD", "plain").yaml("db.password: ${DB_PASSWORD:$<secret:missing.key>}").start();
		assertPlain("db.password");
	}

	@Test
	void referenceInDefaultOfPlaceholderWhenPropertyIsNotSetIsRetrieved() {
		this.context.yaml("db.password: ${DB_PASSWORD:$<secret:prod/db.password>}").start();
		assertThat(this.context.property("db.password")).isEqualTo(PASSWORD);
	}

	@ParameterizedTest
	@ValueSource(strings = { "app.api-key", "app.apiKey", "app.api_key", "APP.API_KEY" })
	void laterDocumentWinsInAnySpelling(String name) {
		// A loaded document ranks above the one before it, as Boot adds them in reverse
		this.context.yaml("second", name + ": plain").yaml("first", "app.api-key: $<secret:missing.key>").start();
		assertPlain("app.api-key");
	}

	@Test
	void listWithOneReferenceKeepsItsOtherElements() {
		this.context.yaml("app.list: [ a, b, $<secret:prod/db.password>, d ]").start();
		assertThat(list()).containsExactly("a", "b", PASSWORD, "d");
	}

	@Test
	void listWithOneReferenceReplacesLowerList() {
		this.context.yaml("higher", "app.list: [ $<secret:prod/db.password> ]")
			.yaml("lower", "app.list: [ x, $<secret:missing.key>, z ]")
			.start();
		assertThat(list()).containsExactly(PASSWORD);
		assertThat(this.context.retrieval().asked()).containsExactly("prod/db");
	}

	@Test
	void listIsReplacedByHigherList() {
		this.context.yaml("higher", "app.list: [ x ]").yaml("lower", "app.list: [ a, $<secret:missing.key> ]").start();
		assertThat(list()).containsExactly("x");
		assertThat(this.context.retrievals()).isZero();
	}

	@Test
	void listIsReplacedByCommaSeparatedTextInLaterDocument() {
		this.context.yaml("second", "app.list: x,y").yaml("first", "app.list: [ a, $<secret:missing.key> ]").start();
		assertThat(list()).containsExactly("x", "y");
		assertThat(this.context.retrievals()).isZero();
	}

	@Test
	void listIsReplacedByVariable() {
		this.context.variable("APP_LIST_0_", "x").yaml("app.list: [ a, $<secret:missing.key> ]").start();
		assertThat(list()).containsExactly("x");
		assertThat(this.context.retrievals()).isZero();
	}

	@Test
	void listIsReplacedByCommaSeparatedArgument() {
		this.context.arguments("--app.list=x,y").yaml("app.list: [ a, $<secret:missing.key> ]").start();
		assertThat(list()).containsExactly("x", "y");
		assertThat(this.context.retrievals()).isZero();
	}

	@Test
	void listWithReferenceInCommaSeparatedTextHasAllElements() {
		this.context.secret("names", "b,c").yaml("app.list: a,$<secret:names>,d").start();
		assertThat(list()).containsExactly("a", "b", "c", "d");
	}

	@Test
	void listOfVariablesWithOneReferenceKeepsItsOtherElements() {
		this.context.variable("APP_LIST_0_", "a")
			.variable("APP_LIST_1_", "$<secret:prod/db.password>")
			.variable("APP_LIST_2_", "c")
			.start();
		assertThat(list()).containsExactly("a", PASSWORD, "c");
	}

	@Test
	void listInSeveralSpellingsKeepsItsOtherElements() {
		this.context
			.properties("file", "app.my-list[0]", "a", "app.myList[1]", "$<secret:prod/db.password>", "app.my_list[2]",
					"c")
			.start();
		assertThat(this.context.binder().bind("app.my-list", STRINGS).get()).containsExactly("a", PASSWORD, "c");
	}

	@Test
	void listOfObjectsWithReferenceInOneFieldKeepsTheOtherFields() {
		this.context.yaml("""
				app.servers:
				- name: a
				  port: 1
				- name: b
				  port: 2
				  password: $<secret:prod/db.password>
				  tags: [ x, y ]
				""").start();
		assertThat(this.context.binder().bind("app.servers", Bindable.listOf(Server.class)).get())
			.containsExactly(new Server("a", 1, null, null), new Server("b", 2, PASSWORD, List.of("x", "y")));
	}

	@Test
	void listOfObjectsInVariablesWithReferenceInOneFieldKeepsTheOtherFields() {
		this.context.variable("APP_SERVERS_0_NAME", "a")
			.variable("APP_SERVERS_0_PASSWORD", "$<secret:prod/db.password>")
			.variable("APP_SERVERS_1_NAME", "b")
			.start();
		assertThat(this.context.binder().bind("app.servers", Bindable.listOf(Server.class)).get())
			.containsExactly(new Server("a", 0, PASSWORD, null), new Server("b", 0, null, null));
	}

	@Test
	void mapIsMergedFromAllSources() {
		this.context.yaml("higher", """
				app.map:
				  a: higher
				  b: $<secret:prod/db.password>
				""").yaml("lower", """
				app.map:
				  a: $<secret:missing.key>
				  b: lower
				  c: $<secret:prod/db.username>
				  d: lower
				""").start();
		Map<String, String> expected = new LinkedHashMap<>();
		expected.put("a", "higher");
		expected.put("b", PASSWORD);
		expected.put("c", TestContext.value("prod/db", "username"));
		expected.put("d", "lower");
		assertThat(this.context.binder().bind("app.map", Bindable.mapOf(String.class, String.class)).get())
			.isEqualTo(expected);
		assertThat(this.context.retrieval().asked()).containsExactly("prod/db");
	}

	private List<String> list() {
		return this.context.binder().bind("app.list", STRINGS).get();
	}

	private void assertPlain(String name) {
		assertThat(this.context.property(name)).isEqualTo("plain");
		assertThat(this.context.binder().bind(name, String.class).get()).isEqualTo("plain");
		assertThat(this.context.retrievals()).isZero();
	}

	record Server(String name, int port, String password, List<String> tags) {

	}

}
