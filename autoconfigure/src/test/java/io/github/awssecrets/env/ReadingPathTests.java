package io.github.awssecrets.env;

import java.util.List;
import java.util.Map;

import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the ways in which an application reads properties with references.
 */
class ReadingPathTests {

	private static final String USERNAME = TestContext.value("prod/db", "username");

	private static final String PASSWORD = TestContext.value("prod/db", "password");

	private final TestContext context = new TestContext().keys("prod/db", "username", "password")
		.secret("prod/pool", "{\"size\":12,\"ratio\":1.10,\"big\":12345678901234567890,\"on\":true,"
				+ "\"empty\":\"\",\"nothing\":null,\"nested\":{\"a\": [1, \"two\"]}}");

	@Test
	void getPropertyHasValue() {
		this.context.yaml("db.password: $<secret:prod/db.password>").start();
		assertThat(this.context.property("db.password")).isEqualTo(PASSWORD);
	}

	@Test
	void getPropertyWithTypeHasConvertedValue() {
		this.context.yaml("pool.size: $<secret:prod/pool.size>").start();
		assertThat(this.context.environment().getProperty("pool.size", Integer.class)).isEqualTo(12);
	}

	@Test
	void getRequiredPropertyHasValue() {
		this.context.yaml("db.password: $<secret:prod/db.password>").start();
		assertThat(this.context.environment().getRequiredProperty("db.password")).isEqualTo(PASSWORD);
	}

	@Test
	void getPropertyWithDefaultHasValue() {
		this.context.yaml("db.password: $<secret:prod/db.password>").start();
		assertThat(this.context.environment().getProperty("db.password", "default")).isEqualTo(PASSWORD);
	}

	@Test
	void containsPropertyIsTrue() {
		this.context.yaml("db.password: $<secret:prod/db.password>").start();
		assertThat(this.context.environment().containsProperty("db.password")).isTrue();
	}

	@Test
	void resolvePlaceholdersHasValue() {
		this.context.yaml("db.password: $<secret:prod/db.password>").start();
		assertThat(this.context.environment().resolvePlaceholders("<${db.password}>")).isEqualTo("<" + PASSWORD + ">");
	}

	@Test
	void resolveRequiredPlaceholdersHasValue() {
		this.context.yaml("db.password: $<secret:prod/db.password>").start();
		assertThat(this.context.environment().resolveRequiredPlaceholders("${db.password}")).isEqualTo(PASSWORD);
	}

	@Test
	void getPropertyWhenSeveralReferencesInOneTextHasAllValues() {
		this.context.yaml("url: jdbc:x://$<secret:prod/db.username>:$<secret:prod/db.password>@host/orders").start();
		assertThat(this.context.property("url")).isEqualTo("jdbc:x://" + USERNAME + ":" + PASSWORD + "@host/orders");
		assertThat(this.context.retrieval().asked()).containsExactly("prod/db");
	}

	@Test
	void getPropertyWhenChainedHasValue() {
		this.context.yaml("""
				db.password: $<secret:prod/db.password>
				one: 1-${two}
				two: 2-${db.password}
				""").start();
		assertThat(this.context.property("one")).isEqualTo("1-2-" + PASSWORD);
	}

	@Test
	void getPropertyWhenRelaxedNameHasValue() {
		this.context.yaml("payment.apiKey: $<secret:prod/db.password>").start();
		assertThat(this.context.property("payment.api-key")).isEqualTo(PASSWORD);
	}

	@Test
	void getPropertyWhenScalarIsNotTextKeepsItExact() {
		this.context.yaml("""
				ratio: $<secret:prod/pool.ratio>
				big: $<secret:prod/pool.big>
				enabled: $<secret:prod/pool.on>
				empty: $<secret:prod/pool.empty>
				nested: $<secret:prod/pool.nested>
				""").start();
		assertThat(this.context.property("ratio")).isEqualTo("1.10");
		assertThat(this.context.property("big")).isEqualTo("12345678901234567890");
		assertThat(this.context.property("enabled")).isEqualTo("true");
		assertThat(this.context.property("empty")).isEmpty();
		assertThat(this.context.property("nested")).isEqualTo("{\"a\": [1, \"two\"]}");
	}

	@Test
	void getPropertyWhenKeyIsNullHasDefault() {
		this.context.yaml("x: $<secret:prod/pool.nothing:default>").start();
		assertThat(this.context.property("x")).isEqualTo("default");
	}

	@Test
	void getPropertyWhenWholeSecretHasItsText() {
		this.context.secret("prod/token", " token\n").yaml("x: $<secret:prod/token>").start();
		assertThat(this.context.property("x")).isEqualTo(" token\n");
	}

	@Test
	void getPropertyWhenSecretIsBinaryHasBase64() {
		this.context.retrieval()
			.secret(SecretSelector.current(new SecretId("prod/key")),
					SecretContent.ofBinary(new byte[] { 0, -1, 62, 63 }));
		this.context.yaml("x: $<secret:prod/key>").start();
		assertThat(this.context.property("x")).isEqualTo("AP8+Pw==");
	}

	@Test
	void getPropertyWhenOptionsAreGivenHasThatVersion() {
		this.context.retrieval()
			.secret(new SecretSelector(new SecretId("prod/db"), "eu-west-3", "AWSPREVIOUS", null),
					SecretContent.ofText("previous"));
		this.context.yaml("x: $<secret:prod/db?stage=AWSPREVIOUS&region=eu-west-3>").start();
		assertThat(this.context.property("x")).isEqualTo("previous");
	}

	@Test
	void getPropertyWhenSecretHoldsReferenceLeavesItAsText() {
		this.context.secret("text", "$<secret:prod/db.password> \\$<secret:x>").yaml("x: $<secret:text>").start();
		assertThat(this.context.property("x")).isEqualTo("$<secret:prod/db.password> \\$<secret:x>");
		assertThat(this.context.retrieval().asked()).containsExactly("text");
	}

	@Test
	void getPropertyWhenPlainTextStandsInTheSameSourceIsUntouched() {
		this.context.yaml("""
				db.password: $<secret:prod/db.password>
				plain: text ${none:default} \\${x}
				""").start();
		assertThat(this.context.property("plain")).isEqualTo("text default ${x}");
	}

	@Test
	void binderHasValue() {
		this.context.yaml("db.password: $<secret:prod/db.password>").start();
		assertThat(this.context.binder().bind("db.password", String.class).get()).isEqualTo(PASSWORD);
		assertThat(this.context.binder().bind("db.password", char[].class).get()).isEqualTo(PASSWORD.toCharArray());
	}

	@Test
	void binderWhenMapHasValues() {
		this.context.yaml("""
				db.users:
				  app: $<secret:prod/db.username>
				  "[a.b]": $<secret:prod/db.password>
				  plain: text
				""").start();
		assertThat(this.context.binder().bind("db.users", Bindable.mapOf(String.class, String.class)).get())
			.containsOnly(Map.entry("app", USERNAME), Map.entry("a.b", PASSWORD), Map.entry("plain", "text"));
	}

	@Test
	void javaBeanHasValues() {
		this.context.yaml("""
				app:
				  api-key: $<secret:prod/db.password>
				  plain: text
				  pool-size: $<secret:prod/pool.size>
				  nested:
				    name: $<secret:prod/db.username>
				  names: [ a, $<secret:prod/db.username>, c ]
				  users:
				    one: $<secret:prod/db.password>
				    two: plain
				  servers:
				  - name: first
				    password: $<secret:prod/db.password>
				  - name: $<secret:prod/db.username>
				""").start(JavaBean.class);
		JavaBean bean = this.context.bean(JavaBean.class);
		assertThat(bean.apiKey).isEqualTo(PASSWORD);
		assertThat(bean.plain).isEqualTo("text");
		assertThat(bean.poolSize).isEqualTo(12);
		assertThat(bean.nested.name).isEqualTo(USERNAME);
		assertThat(bean.names).containsExactly("a", USERNAME, "c");
		assertThat(bean.users).containsOnly(Map.entry("one", PASSWORD), Map.entry("two", "plain"));
		assertThat(bean.servers).containsExactly(new Server("first", PASSWORD), new Server(USERNAME, null));
	}

	@Test
	void recordHasValues() {
		this.context.yaml("""
				app:
				  api-key: $<secret:prod/db.password>
				  server:
				    name: plain
				    password: ${app.api-key}
				  servers:
				  - name: $<secret:prod/db.username>
				    password: x
				""").start(RecordConfiguration.class);
		ConstructorBound bean = this.context.bean(ConstructorBound.class);
		assertThat(bean.apiKey).isEqualTo(PASSWORD);
		assertThat(bean.server).isEqualTo(new Server("plain", PASSWORD));
		assertThat(bean.servers).containsExactly(new Server(USERNAME, "x"));
	}

	@Test
	void bindWhenClassRefersToItselfEnds() {
		this.context.yaml("node.name: $<secret:prod/db.username>").start();
		Node node = this.context.binder().bind("node", Node.class).get();
		assertThat(node.name).isEqualTo(USERNAME);
		assertThat(node.next).isNull();
	}

	@ConfigurationProperties("app")
	static class JavaBean {

		private String apiKey;

		private String plain;

		private int poolSize;

		private final Nested nested = new Nested();

		private List<String> names;

		private Map<String, String> users;

		private List<Server> servers;

		void setApiKey(String apiKey) {
			this.apiKey = apiKey;
		}

		void setPlain(String plain) {
			this.plain = plain;
		}

		void setPoolSize(int poolSize) {
			this.poolSize = poolSize;
		}

		Nested getNested() {
			return this.nested;
		}

		void setNames(List<String> names) {
			this.names = names;
		}

		void setUsers(Map<String, String> users) {
			this.users = users;
		}

		void setServers(List<Server> servers) {
			this.servers = servers;
		}

	}

	static class Nested {

		private String name;

		void setName(String name) {
			this.name = name;
		}

	}

	record Server(String name, String password) {

	}

	@ConfigurationProperties("app")
	record ConstructorBound(String apiKey, Server server, List<Server> servers) {

	}

	@EnableConfigurationProperties(ConstructorBound.class)
	static class RecordConfiguration {

	}

	static class Node {

		private String name;

		private Node next;

		void setName(String name) {
			this.name = name;
		}

		void setNext(Node next) {
			this.next = next;
		}

		Node getNext() {
			return this.next;
		}

	}

}
