package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.InProcessRetrieval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.PropertySource;
import org.springframework.context.support.PropertySourcesPlaceholderConfigurer;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests of when secrets are retrieved, and of what is left of an application when it
 * ends.
 */
@ExtendWith(OutputCaptureExtension.class)
class LifecycleTests {

	private static final String PASSWORD = TestContext.value("prod/db", "password");

	private static final String REFERENCE = "$<secret:prod/db.password>";

	private final TestContext context = new TestContext().keys("prod/db", "username", "password");

	@Test
	void startWhenNothingIsReferencedAsksForNothing() {
		this.context.yaml("x: plain ${y:z}").start();
		assertThat(this.context.retrievals()).isZero();
		assertThat(this.context.environment().getPropertySources()).noneMatch(PropertyTwin.class::isInstance)
			.noneMatch(SystemEnvironmentTwin.class::isInstance);
	}

	@Test
	void markerHasNoProperties() {
		this.context.start();
		ConfigurationPropertySource marker = ConfigurationPropertySource
			.from(this.context.environment().getPropertySources().get(SecretsMarker.NAME));
		assertThat(marker.containsDescendantOf(ConfigurationPropertyName.of("app")))
			.isEqualTo(ConfigurationPropertyState.ABSENT);
	}

	@Test
	void startRetrievesAllSecretsWithOneCall() {
		this.context.keys("prod/other", "key").variable("APP_KEY", "$<secret:prod/other.key>").yaml("""
				a: $<secret:prod/db.username>
				b: $<secret:prod/db.password>
				""").start();
		assertThat(this.context.retrievals()).isOne();
		assertThat(this.context.retrieval().calls()).isOne();
		assertThat(this.context.retrieval().asked()).containsExactlyInAnyOrder("prod/db", "prod/other");
	}

	@Test
	void startWhenRetrievedLogsOneLine(CapturedOutput output) {
		this.context.variable("APP_KEY", REFERENCE).yaml("""
				a: $<secret:prod/db.username>
				b: $<secret:prod/db.password> ${a}
				c: ${b}
				""").start();
		assertThat(output.toString().lines().filter((line) -> line.contains("Resolved"))).singleElement()
			.asString()
			.contains("Resolved 3 references to 1 secret in eu-west-1: 1 call, 0 ms");
	}

	@Test
	void secondPassWhenMoreIsReferencedRetrievesOnlyThat(CapturedOutput output) {
		this.context.keys("prod/other", "key").yaml("a: " + REFERENCE).start(LatePropertySource.class);
		assertThat(this.context.property("late.key")).isEqualTo(TestContext.value("prod/other", "key"));
		assertThat(this.context.bean(LatePropertySource.class).key).isEqualTo(TestContext.value("prod/other", "key"));
		assertThat(this.context.retrieval().asked()).containsExactly("prod/db", "prod/other");
		assertThat(output.toString().lines().filter((line) -> line.contains("Resolved"))).last()
			.asString()
			.contains("Resolved 1 reference to 1 secret");
	}

	@Test
	void startWhenSourceFailsToAnswerLeavesThatToItsReaders() {
		this.context.yaml("a: " + REFERENCE).source(new MapPropertySource("failing", Map.of("b", "x")) {

			@Override
			public Object getProperty(String name) {
				if (name.equals("b")) {
					throw new IllegalStateException("Not yet");
				}
				return super.getProperty(name);
			}

		}).start();
		assertThat(this.context.property("a")).isEqualTo(PASSWORD);
		assertThatIllegalStateException().isThrownBy(() -> this.context.property("b")).withMessage("Not yet");
	}

	@Test
	void closeEndsRetrieval() {
		this.context.yaml("a: " + REFERENCE).start();
		assertThat(this.context.retrieval().isClosed()).isFalse();
		this.context.close();
		assertThat(this.context.retrieval().isClosed()).isTrue();
		assertThat(this.context.property("a")).isEqualTo(PASSWORD);
	}

	@Test
	void closeEndsRetrievalAfterTheBeans() {
		this.context.keys("prod/other", "key").yaml("a: " + REFERENCE).start(ReadingOnDestruction.class);
		ReadingOnDestruction bean = this.context.bean(ReadingOnDestruction.class);
		this.context.close();
		assertThat(bean.read).isEqualTo(TestContext.value("prod/other", "key"));
	}

	@Test
	void startWhenReferenceIsUnresolvedEndsRetrieval() {
		this.context.yaml("a: $<secret:missing.key>");
		assertThatExceptionOfType(UnresolvedReferenceException.class).isThrownBy(this.context::start);
		assertThat(this.context.retrieval().isClosed()).isTrue();
	}

	@Test
	void runWhenBeanFailsEndsRetrieval() {
		InProcessRetrieval retrieval = retrieval();
		assertThatException().isThrownBy(() -> application(retrieval, FailingBean.class).run());
		assertThat(retrieval.calls()).isOne();
		assertThat(retrieval.isClosed()).isTrue();
	}

	@Test
	void runWhenContextCannotBePreparedEndsRetrieval() {
		InProcessRetrieval retrieval = retrieval();
		SpringApplication application = application(retrieval, Empty.class);
		application.addListeners((ApplicationListener<ApplicationPreparedEvent>) (event) -> {
			throw new IllegalStateException("Not today");
		});
		assertThatIllegalStateException().isThrownBy(application::run).withMessage("Not today");
		assertThat(retrieval.calls()).isOne();
		assertThat(retrieval.isClosed()).isTrue();
	}

	@Test
	void runTwiceKeepsApplicationsApart() {
		InProcessRetrieval first = retrieval();
		InProcessRetrieval second = retrieval().secret("prod/db", "{\"password\":\"second\"}");
		try (ConfigurableApplicationContext two = application(second, Empty.class).run()) {
			try (ConfigurableApplicationContext one = application(first, Empty.class).run()) {
				assertThat(one.getEnvironment().getProperty("default.key")).isEqualTo(PASSWORD);
				assertThat(two.getEnvironment().getProperty("default.key")).isEqualTo("second");
			}
			assertThat(first.isClosed()).isTrue();
			assertThat(second.isClosed()).isFalse();
		}
	}

	@Test
	void runWhenContextHasParentReadsFromBoth() {
		InProcessRetrieval parentRetrieval = retrieval();
		InProcessRetrieval childRetrieval = retrieval().secret("prod/child", "child value");
		SpringApplicationBuilder parent = new SpringApplicationBuilder(Empty.class);
		configure(parent.properties("default.key=" + REFERENCE).application(), parentRetrieval);
		SpringApplicationBuilder child = parent.child(ParentAware.class)
			.initializers((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("child",
						Map.of("child.key", "$<secret:prod/child>", "child.chained", "${default.key}"))));
		configure(child.application(), childRetrieval);
		ConfigurableApplicationContext parentContext;
		try (ConfigurableApplicationContext childContext = child.run()) {
			parentContext = (ConfigurableApplicationContext) childContext.getParent();
			assertThat(parentContext).isNotNull();
			assertThat(childContext.getBean(ParentAware.class).value).isEqualTo("child value " + PASSWORD);
			assertThat(childContext.getEnvironment().getProperty("child.chained")).isEqualTo(PASSWORD);
			assertThat(parentContext.getEnvironment().getProperty("default.key")).isEqualTo(PASSWORD);
			assertThat(parentContext.getEnvironment().getProperty("child.key")).isNull();
		}
		assertThat(childRetrieval.isClosed()).isTrue();
		assertThat(parentRetrieval.isClosed()).isFalse();
		parentContext.close();
		assertThat(parentRetrieval.isClosed()).isTrue();
	}

	@Test
	void runWhenDefaultPropertyIsReferenceKeepsItsRank() {
		InProcessRetrieval retrieval = retrieval();
		try (ConfigurableApplicationContext running = application(retrieval, HigherPropertySource.class).run()) {
			assertThat(running.getEnvironment().getProperty("default.key")).isEqualTo("plain");
		}
	}

	@Test
	void carriersOfOtherPropertiesAreNotReadThemselves() {
		this.context.systemProperty("sun.java.command", "app.jar --x=$<secret:missing.key> --y=$<secret:broken")
			.variable("JAVA_TOOL_OPTIONS", "-Dx=$<secret:missing.key>")
			.variable("SPRING_APPLICATION_JSON", "{\"x\":\"\\\\$<secret:missing.key>\"}")
			.properties("spring.application.json", "x", "\\$<secret:missing.key>")
			.start();
		assertThat(this.context.property("x")).isEqualTo("$<secret:missing.key>");
		assertThat(this.context.retrievals()).isZero();
	}

	private static InProcessRetrieval retrieval() {
		return new InProcessRetrieval().secret("prod/db", Canary.json("prod/db", 1, "username", "password"));
	}

	private static SpringApplication application(InProcessRetrieval retrieval, Class<?>... sources) {
		SpringApplication application = new SpringApplication(sources);
		configure(application, retrieval);
		application.setDefaultProperties(Map.of("default.key", REFERENCE));
		return application;
	}

	private static void configure(SpringApplication application, InProcessRetrieval retrieval) {
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setBannerMode(Banner.Mode.OFF);
		application.setRegisterShutdownHook(false);
		List<ApplicationListener<?>> listeners = new ArrayList<>(application.getListeners());
		listeners.removeIf(SecretsApplicationListener.class::isInstance);
		listeners.add(new SecretsApplicationListener(new SecretsPropertySourceLocator(List.of(),
				(settings, customizers, connections, listener) -> retrieval)));
		application.setListeners(listeners);
	}

	static class Empty {

	}

	static class FailingBean {

		@Bean
		String failing() {
			throw new IllegalStateException("Not today");
		}

	}

	static class ParentAware {

		@Value("${child.key} ${default.key}")
		private String value;

	}

	@PropertySource("classpath:io/github/awssecrets/env/late.properties")
	static class LatePropertySource {

		@Value("${late.key}")
		private String key;

	}

	@PropertySource("classpath:io/github/awssecrets/env/higher.properties")
	static class HigherPropertySource {

		@Bean
		static PropertySourcesPlaceholderConfigurer propertySourcesPlaceholderConfigurer() {
			return new PropertySourcesPlaceholderConfigurer();
		}

	}

	static class ReadingOnDestruction implements DisposableBean {

		private final ConfigurableApplicationContext context;

		private String read;

		ReadingOnDestruction(ConfigurableApplicationContext context) {
			this.context = context;
		}

		@Override
		public void destroy() {
			this.read = this.context.getBeanFactory().resolveEmbeddedValue("$<secret:prod/other.key>");
		}

	}

}
