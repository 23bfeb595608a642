package io.github.awssecrets.jdbc;

import java.io.PrintWriter;
import java.io.Writer;
import java.sql.SQLException;
import java.util.logging.Logger;

import javax.sql.XAConnection;
import javax.sql.XADataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what is said of data sources that cannot follow rotations.
 */
class UnfollowedDataSourceIntegrationTests extends AbstractApplicationTests {

	private static final String OTHER = "it is a %s, and only HikariCP's pools can. Use HikariCP, or restart the "
			+ "application after a rotation.";

	@BeforeEach
	void createSecret() {
		server.create("prod/orders", Canary.json("prod/orders", 1, "username", "password"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.apache.tomcat.jdbc.pool.DataSource", "org.apache.commons.dbcp2.BasicDataSource" })
	void otherPoolOfBootIsNamed(String type, CapturedOutput output) {
		application().jdbc().yaml("""
				spring.datasource:
				  type: %s
				  url: jdbc:h2:mem:orders
				  username: $<secret:prod/orders.username>
				  password: $<secret:prod/orders.password>
				""".formatted(type)).run().close();
		assertNamed(output, "dataSource", OTHER.formatted(type));
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.apache.tomcat.jdbc.pool.DataSource", "org.apache.commons.dbcp2.BasicDataSource" })
	void otherPoolWithCredentialsInUrlIsNamed(String type, CapturedOutput output) {
		application().jdbc().yaml("""
				spring.datasource:
				  type: %s
				  url: jdbc:h2:mem:orders;USER=APP;PASSWORD=$<secret:prod/orders.password>
				""".formatted(type)).run().close();
		assertNamed(output, "dataSource", OTHER.formatted(type));
	}

	@Test
	void otherPoolWithoutSecretsIsNotNamed(CapturedOutput output) {
		application().jdbc().yaml("""
				app.token: $<secret:prod/orders.password>
				spring.datasource:
				  type: org.apache.tomcat.jdbc.pool.DataSource
				  url: jdbc:h2:mem:orders
				  username: sa
				""").run().close();
		assertThat(output).doesNotContain("cannot follow rotations");
	}

	@Test
	void xaDataSourceIsNamed(CapturedOutput output) {
		application().yaml("app.xa.password: $<secret:prod/orders.password>").classes(Xa.class).run().close();
		assertNamed(output, "xaDataSource", OTHER.formatted(FakeXaDataSource.class.getName()));
	}

	@Test
	void otherDataSourceThatSettingNamesIsNamed(CapturedOutput output) {
		application().yaml("aws.secrets.jdbc.data-sources.other: prod/orders").classes(Other.class).run().close();
		assertNamed(output, "other", OTHER.formatted(SimpleDriverDataSource.class.getName()));
	}

	@Test
	void poolWithCredentialsInUrlIsNamed(CapturedOutput output) {
		application()
			.yaml("""
					app.pool:
					  jdbc-url: jdbc:h2:mem:orders;USER=$<secret:prod/orders.username>;PASSWORD=$<secret:prod/orders.password>
					""")
			.classes(Bound.class)
			.run()
			.close();
		assertNamed(output, "pool",
				"there are credentials in its URL. Move them to the properties username and password.");
	}

	@Test
	void poolWithCredentialsProviderIsNamed(CapturedOutput output) {
		application().yaml("app.foreign.password: $<secret:prod/orders.password>").classes(Foreign.class).run().close();
		assertNamed(output, "foreign", "it has a HikariCredentialsProvider of its own. Remove that.");
	}

	@Test
	void poolWithoutUserNameIsNamed(CapturedOutput output) {
		application().yaml("app.pool.password: $<secret:prod/orders.password>").classes(Bound.class).run().close();
		assertNamed(output, "pool", "it has no user name. Set its property username.");
	}

	@Test
	void poolOfJndiIsNamed(CapturedOutput output) {
		application().yaml("""
				app.pool:
				  data-source-j-n-d-i: java:comp/env/jdbc/orders
				  username: APP
				  password: $<secret:prod/orders.password>
				""").classes(Bound.class).run().close();
		assertNamed(output, "pool", "it takes its connections from JNDI. Set its URL instead.");
	}

	@Test
	void poolThatWasStartedIsNamed(CapturedOutput output) {
		application().yaml("app.early.password: $<secret:prod/orders.password>").classes(Early.class).run().close();
		assertNamed(output, "early", "its pool was started before. Create it with DataSourceBuilder or new "
				+ "HikariDataSource(), which start it when it is first used.");
	}

	@Test
	void poolWithPasswordOfSeveralSecretsIsNamed(CapturedOutput output) {
		server.create("prod/stock", Canary.value("prod/orders.password", 1));
		application().yaml("""
				app:
				  early.password: $<secret:prod/orders.password>
				  stock.password: $<secret:prod/stock>
				""").classes(Built.class).run().close();
		assertNamed(output, "built",
				"its password is that of several secrets (app.early.password, app.stock.password). Say which one it "
						+ "is: aws.secrets.jdbc.data-sources.built=<name of the secret>");
	}

	@Test
	void dataSourcesInRefreshScopeAreNamedOnce(CapturedOutput output) {
		try (ConfigurableApplicationContext context = application().yaml("""
				app:
				  scoped:
				    username: APP
				    password: $<secret:prod/orders.password>
				  other.username: $<secret:prod/orders.username>
				""").classes(Scoped.class).run()) {
			for (int i = 0; i < 3; i++) {
				assertThat(context.getBean("scoped", HikariDataSource.class).getUsername()).isEqualTo("APP");
				assertThat(context.getBean("otherScoped", SimpleDriverDataSource.class).getUrl()).isNull();
				context.getBean(org.springframework.cloud.context.scope.refresh.RefreshScope.class).refreshAll();
			}
		}
		assertThat(output)
			.containsOnlyOnce(warning("scopedTarget.scoped",
					"it is in @RefreshScope, where a refresh closes the pool with all "
							+ "its connections. Take it out of that scope."))
			.containsOnlyOnce(
					warning("scopedTarget.otherScoped", OTHER.formatted(SimpleDriverDataSource.class.getName())));
	}

	@Test
	void settingThatNamesNoDataSourceIsNamed(CapturedOutput output) {
		application().yaml("""
				aws.secrets.jdbc.data-sources:
				  poool: prod/orders
				app.pool.username: APP
				""").classes(Bound.class, Other.class).run().close();
		assertThat(output)
			.containsOnlyOnce("aws.secrets.jdbc.data-sources.poool names no DataSource, so nothing logs in with secret "
					+ "prod/orders. Those of this application: other, pool. Correct the name, or remove the setting.");
	}

	@Test
	void settingWhenThereIsNoDataSourceIsNamed(CapturedOutput output) {
		application().yaml("aws.secrets.jdbc.data-sources.orders: prod/orders").run().close();
		assertThat(output).containsOnlyOnce("aws.secrets.jdbc.data-sources.orders names no DataSource, so nothing logs "
				+ "in with secret prod/orders. This application has none. Correct the name, or remove the setting.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "otherScoped", "other-scoped", "OTHERSCOPED" })
	void settingThatNamesDataSourceIsNot(String name, CapturedOutput output) {
		application().yaml("aws.secrets.jdbc.data-sources.%s: prod/orders".formatted(name))
			.classes(Scoped.class)
			.run()
			.close();
		assertThat(output).doesNotContain("names no DataSource")
			.contains(warning("scopedTarget.otherScoped", OTHER.formatted(SimpleDriverDataSource.class.getName())));
	}

	private static void assertNamed(CapturedOutput output, String name, String reason) {
		assertThat(output).containsOnlyOnce(warning(name, reason)).containsOnlyOnce("cannot follow rotations");
	}

	private static String warning(String name, String reason) {
		return "DataSource '%s' cannot follow rotations of its secret: %s".formatted(name, reason);
	}

	@Configuration(proxyBeanMethods = false)
	static class Bound {

		@Bean
		@ConfigurationProperties("app.pool")
		HikariDataSource pool() {
			return new HikariDataSource();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Foreign {

		@Bean
		@ConfigurationProperties("app.foreign")
		HikariDataSource foreign() {
			HikariDataSource pool = new HikariDataSource();
			HikariCredentialsProvider provider = () -> Credentials.of("sa", "");
			pool.setCredentialsProvider(provider);
			return pool;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Early {

		@Bean
		HikariDataSource early(Environment environment) {
			HikariConfig config = new HikariConfig();
			config.setJdbcUrl("jdbc:h2:mem:early");
			config.setUsername("APP");
			config.setPassword(environment.getProperty("app.early.password"));
			return new HikariDataSource(config);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Built {

		@Bean
		HikariDataSource built(Environment environment) {
			HikariDataSource pool = new HikariDataSource();
			pool.setUsername("APP");
			pool.setPassword(environment.getProperty("app.early.password"));
			return pool;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Other {

		@Bean
		SimpleDriverDataSource other() {
			return new SimpleDriverDataSource();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Scoped {

		@Bean
		@RefreshScope
		@ConfigurationProperties("app.scoped")
		HikariDataSource scoped() {
			return new HikariDataSource();
		}

		@Bean
		@RefreshScope
		@ConfigurationProperties("app.other")
		SimpleDriverDataSource otherScoped() {
			return new SimpleDriverDataSource();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Xa {

		@Bean
		@ConfigurationProperties("app.xa")
		FakeXaDataSource xaDataSource() {
			return new FakeXaDataSource();
		}

	}

	static class FakeXaDataSource implements XADataSource {

		void setPassword(String password) {
		}

		@Override
		public XAConnection getXAConnection() throws SQLException {
			throw new SQLException("There is no database");
		}

		@Override
		public XAConnection getXAConnection(String user, String password) throws SQLException {
			return getXAConnection();
		}

		@Override
		public PrintWriter getLogWriter() {
			return new PrintWriter(Writer.nullWriter());
		}

		@Override
		public void setLogWriter(PrintWriter out) {
		}

		@Override
		public void setLoginTimeout(int seconds) {
		}

		@Override
		public int getLoginTimeout() {
			return 0;
		}

		@Override
		public Logger getParentLogger() {
			return Logger.getLogger("xa");
		}

	}

}
