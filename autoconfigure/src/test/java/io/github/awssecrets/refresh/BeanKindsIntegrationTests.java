package io.github.awssecrets.refresh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.DrivenTime;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.config.ScheduledTaskHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Integration tests of what each kind of bean does on a rotation: those that
 * {@code docs/beans.md} names. One application with a bean of each kind, and one rotation
 * that the watcher finds; what is asked before and after it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class BeanKindsIntegrationTests {

	private static final String SECRET = "prod/app.token";

	private final SecretsServer server = SecretsServer.start();

	private final DrivenTime time = new DrivenTime();

	private Path directory;

	private ConfigurableApplicationContext context;

	private String output;

	/* Taken before the rotation */
	private Settings settings;

	private List<String> list;

	private Settings.Nested nested;

	private ByAnnotation prototype;

	private int scheduledBefore;

	@BeforeAll
	void rotate(@TempDir Path temporary, CapturedOutput captured) {
		this.directory = temporary;
		this.server.create("prod/app", Canary.json("prod/app", 1, "token"));
		this.context = application(Beans.class).run();
		this.settings = this.context.getBean(Settings.class);
		this.list = this.settings.getList();
		this.nested = this.settings.getNested();
		this.prototype = this.context.getBean("prototype", ByAnnotation.class);
		this.context.getBean("scoped", Scoped.class).getToken();
		this.context.getBean(ScopedSettings.class).getToken();
		this.context.getBean(ScopedJob.class).getToken();
		this.scheduledBefore = scheduled();
		this.server.rotate("prod/app", "token", Canary.value(SECRET, 2));
		this.time.advance(Duration.ofSeconds(60));
		this.output = captured.getAll();
	}

	@AfterAll
	void stop() {
		this.context.close();
		this.server.close();
	}

	@Test
	void environmentFollows() {
		assertFollows(this.context.getEnvironment().getProperty("app.token"));
		assertFollows(this.context.getEnvironment().getProperty("chained"));
	}

	@Test
	void binderFollowsAtEachBinding() {
		assertFollows(Binder.get(this.context.getEnvironment()).bind("app.token", String.class).get());
	}

	@Test
	void propertiesWithSettersFollowInPlace() {
		assertThat(this.context.getBean(Settings.class)).isSameAs(this.settings);
		assertFollows(this.settings.getToken());
	}

	@Test
	void nestedObjectsListsAndMapsAreReplacedWhole() {
		assertThat(this.settings.getList()).isNotSameAs(this.list).hasSize(2).startsWith("plain");
		assertFollows(this.settings.getList().get(1));
		assertStays(this.list.get(1));
		assertFollows(this.settings.getMap().get("key"));
		assertThat(this.settings.getNested()).isNotSameAs(this.nested);
		assertFollows(this.settings.getNested().getToken());
		assertStays(this.nested.getToken());
	}

	@Test
	void propertiesWithGettersOnlyFollowAsSpringDoesIt() {
		GettersOnly bean = this.context.getBean(GettersOnly.class);
		assertFollows(bean.getList().get(0));
		assertThat(this.output)
			.contains("Bean 'getters-" + GettersOnly.class.getName() + "' cannot follow a rotation in place");
	}

	@Test
	void recordStaysAndIsNamedInWarning() {
		assertStays(this.context.getBean(Fixed.class).token());
		assertThat(this.output)
			.contains("Bean 'fixed-" + Fixed.class.getName() + "' cannot follow a rotation in place");
	}

	@Test
	void recordInRefreshScopeCannotBeProxied() {
		assertThatException().isThrownBy(() -> application(ScopedRecordBeans.class).run().close())
			.havingRootCause()
			.withMessageContaining("final class");
	}

	@Test
	void constructorBoundClassInRefreshScopeFollows() {
		assertFollows(this.context.getBean(ScopedFixed.class).getToken());
	}

	@Test
	void propertiesInRefreshScopeAreBuiltAgain() {
		assertFollows(this.context.getBean(ScopedSettings.class).getToken());
	}

	@Test
	void annotationInSingletonStays() {
		assertStays(this.context.getBean("singleton", ByAnnotation.class).token);
	}

	@Test
	void annotationInRefreshScopeFollows() {
		assertFollows(this.context.getBean("scoped", Scoped.class).getToken());
	}

	@Test
	void annotationInPrototypeFollowsInNewInstances() {
		assertStays(this.prototype.token);
		assertFollows(this.context.getBean("prototype", ByAnnotation.class).token);
	}

	@Test
	void parameterOfFactoryMethodStays() {
		assertStays(this.context.getBean(Parameter.class).token());
	}

	@Test
	void scheduledMethodOfSingletonReadsAsItsBeanDoesAndInRefreshScopePausesUntilBeanIsUsed() {
		assertThat(this.scheduledBefore).isEqualTo(2);
		assertThat(scheduled()).isOne();
		assertFollows(this.context.getBean(ScopedJob.class).getToken());
		assertThat(scheduled()).isEqualTo(2);
	}

	private int scheduled() {
		return this.context.getBean(ScheduledTaskHolder.class).getScheduledTasks().size();
	}

	private TestApplication application(Class<?> beans) {
		return TestApplication.in(this.directory, this.server).watched(this.time).classes(beans).yaml("""
				app:
				  token: $<secret:prod/app.token>
				  list:
				  - plain
				  - $<secret:prod/app.token>
				  map:
				    key: $<secret:prod/app.token>
				  nested:
				    token: $<secret:prod/app.token>
				chained: ${app.token}
				getters.list: $<secret:prod/app.token>
				fixed.token: $<secret:prod/app.token>
				scoped.token: $<secret:prod/app.token>
				""");
	}

	private static void assertFollows(String actual) {
		assertThat(Canary.value(SECRET, 2).equals(actual)).as("value after the rotation").isTrue();
	}

	private static void assertStays(String actual) {
		assertThat(Canary.value(SECRET, 1).equals(actual)).as("value before the rotation").isTrue();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	@EnableConfigurationProperties({ Settings.class, GettersOnly.class, Fixed.class, ScopedFixed.class,
			ScopedSettings.class })
	static class Beans {

		@Bean
		ByAnnotation singleton() {
			return new ByAnnotation();
		}

		@Bean
		@Scope("prototype")
		ByAnnotation prototype() {
			return new ByAnnotation();
		}

		@Bean
		@RefreshScope
		Scoped scoped() {
			return new Scoped();
		}

		@Bean
		Parameter parameter(@Value("${app.token}") String token) {
			return new Parameter(token);
		}

		@Bean
		Job job() {
			return new Job();
		}

		@Bean
		@RefreshScope
		ScopedJob scopedJob() {
			return new ScopedJob();
		}

	}

	@EnableConfigurationProperties(ScopedRecord.class)
	static class ScopedRecordBeans {

	}

	@RefreshScope
	@ConfigurationProperties("scoped")
	record ScopedRecord(String token) {
	}

	record Parameter(String token) {
	}

	static class ByAnnotation {

		@Value("${app.token}")
		private String token;

	}

	public static class Scoped {

		@Value("${app.token}")
		private String token;

		public String getToken() {
			return this.token;
		}

	}

	public static class Job {

		@Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.DAYS)
		public void run() {
		}

	}

	public static class ScopedJob extends Scoped {

		@Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.DAYS)
		public void run() {
		}

	}

	@ConfigurationProperties("fixed")
	record Fixed(String token) {
	}

	@RefreshScope
	@ConfigurationProperties("scoped")
	public static class ScopedFixed {

		private final String token;

		ScopedFixed(String token) {
			this.token = token;
		}

		public String getToken() {
			return this.token;
		}

	}

	@RefreshScope
	@ConfigurationProperties("scoped")
	public static class ScopedSettings {

		private String token;

		public String getToken() {
			return this.token;
		}

		public void setToken(String token) {
			this.token = token;
		}

	}

	@ConfigurationProperties("getters")
	public static class GettersOnly {

		private final List<String> list = new ArrayList<>();

		public List<String> getList() {
			return this.list;
		}

	}

	@ConfigurationProperties("app")
	public static class Settings {

		private String token;

		private List<String> list;

		private Map<String, String> map;

		private Nested nested = new Nested();

		public String getToken() {
			return this.token;
		}

		public void setToken(String token) {
			this.token = token;
		}

		public List<String> getList() {
			return this.list;
		}

		public void setList(List<String> list) {
			this.list = list;
		}

		public Map<String, String> getMap() {
			return this.map;
		}

		public void setMap(Map<String, String> map) {
			this.map = map;
		}

		public Nested getNested() {
			return this.nested;
		}

		public void setNested(Nested nested) {
			this.nested = nested;
		}

		public static class Nested {

			private String token;

			public String getToken() {
				return this.token;
			}

			public void setToken(String token) {
				this.token = token;
			}

		}

	}

}
