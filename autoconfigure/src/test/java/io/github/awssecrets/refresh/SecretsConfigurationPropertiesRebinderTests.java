package io.github.awssecrets.refresh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.validation.constraints.NotEmpty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.properties.ConfigurationPropertiesBeans;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.stereotype.Component;
import org.springframework.util.Assert;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of {@link SecretsConfigurationPropertiesRebinder}.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretsConfigurationPropertiesRebinderTests {

	private final Map<String, Object> properties = new LinkedHashMap<>();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void eventWhenPreparedSetsOnlyWhatChanged() {
		this.properties.put("app.user", "a1");
		this.properties.put("app.pass-word", "b1");
		start(Plain.class);
		Plain bean = this.context.getBean(Plain.class);
		assertThat(bean.calls).containsExactly("user a1", "password b1");
		this.properties.put("app.user", "a2");
		this.properties.put("app.pass-word", "b2");
		rotate("app.pass-word");
		assertThat(bean.calls).containsExactly("user a1", "password b1", "password b2");
	}

	@Test
	void eventWhenNotPreparedRebindsAsSpringDoes() {
		this.properties.put("app.user", "a1");
		start(Plain.class);
		this.properties.put("app.user", "a2");
		publish(Set.of("app.user"));
		assertThat(this.context.getBean(Plain.class).calls).contains("user null", "user a2");
	}

	@Test
	void eventWhenPreparedOnceRebindsAsSpringDoesTheNextTime() {
		this.properties.put("app.user", "a1");
		start(Plain.class);
		rotate("app.user");
		publish(Set.of("app.user"));
		assertThat(this.context.getBean(Plain.class).calls).contains("user null");
	}

	@Test
	void eventWhenAnotherPropertyOfPreparedBeanChangedSetsItToo() {
		this.properties.put("app.user", "a1");
		this.properties.put("app.pass-word", "b1");
		start(Plain.class);
		this.properties.put("app.user", "a2");
		this.properties.put("app.pass-word", "b2");
		rebinder().prepare(names("app.pass-word"));
		publish(Set.of("app.pass-word", "app.user"));
		assertThat(this.context.getBean(Plain.class).calls).containsExactly("user a1", "password b1", "password b2",
				"user a2");
	}

	@Test
	void eventWhenOtherKeysChangedRebindsOtherBeansAsSpringDoes() {
		this.properties.put("app.user", "a1");
		this.properties.put("other.name", "n1");
		start(Plain.class, Other.class);
		this.properties.put("app.user", "a2");
		this.properties.put("other.name", "n2");
		rebinder().prepare(names("app.user"));
		publish(Set.of("app.user", "other.name"));
		assertThat(this.context.getBean(Plain.class).calls).containsExactly("user a1", "user a2");
		assertThat(this.context.getBean(Other.class).calls).containsExactly("n1", "null", "n2");
	}

	@Test
	void eventWhenOfAnotherContextLeavesWhatIsPrepared() {
		this.properties.put("app.user", "a1");
		start(Plain.class);
		this.properties.put("app.user", "a2");
		rebinder().prepare(names("app.user"));
		this.context.publishEvent(new EnvironmentChangeEvent(new Object(), Set.of("app.user")));
		assertThat(this.context.getBean(Plain.class).calls).containsExactly("user a1");
		publish(Set.of("app.user"));
		assertThat(this.context.getBean(Plain.class).calls).containsExactly("user a1", "user a2");
	}

	@Test
	void eventWhenOnlySecretsChangedLeavesOtherBeansAlone() {
		this.properties.put("app.user", "a1");
		this.properties.put("other.name", "n1");
		start(Plain.class, Other.class);
		rotate("app.user");
		assertThat(this.context.getBean(Other.class).calls).containsExactly("n1");
	}

	@Test
	void eventWhenCollectionsAndNestedReplacesThemWhole() {
		this.properties.put("nested.list[0]", "x1");
		this.properties.put("nested.list[1]", "same");
		this.properties.put("nested.map.key", "y1");
		this.properties.put("nested.inner.secret", "z1");
		this.properties.put("nested.inner.name", "same");
		start(Nested.class);
		Nested bean = this.context.getBean(Nested.class);
		List<String> list = bean.getList();
		Map<String, String> map = bean.getMap();
		Nested.Inner inner = bean.getInner();
		this.properties.put("nested.list[0]", "x2");
		this.properties.put("nested.map.key", "y2");
		this.properties.put("nested.inner.secret", "z2");
		rotate("nested.list[0]", "nested.map.key", "nested.inner.secret");
		assertThat(bean.getList()).containsExactly("x2", "same").isNotSameAs(list);
		assertThat(bean.getMap()).containsExactly(Map.entry("key", "y2")).isNotSameAs(map);
		assertThat(bean.getInner().getSecret()).isEqualTo("z2");
		assertThat(bean.getInner().getName()).isEqualTo("same");
		// What readers got before stays as it was
		assertThat(list).containsExactly("x1", "same");
		assertThat(map).containsExactly(Map.entry("key", "y1"));
		assertThat(inner.getSecret()).isEqualTo("z1");
	}

	@Test
	void prepareWhenOneBeanIsInvalidChangesNothing() {
		this.properties.put("app.user", "a1");
		this.properties.put("valid.token", "t1");
		start(Plain.class, Valid.class);
		this.properties.put("app.user", "a2");
		this.properties.put("valid.token", "");
		assertThatThrownBy(() -> rebinder().prepare(names("app.user", "valid.token")))
			.hasMessageContaining("Could not bind properties to");
		assertThat(this.context.getBean(Plain.class).calls).containsExactly("user a1");
		assertThat(this.context.getBean(Valid.class).getToken()).isEqualTo("t1");
		this.properties.put("valid.token", "t1");
		publish(Set.of());
		assertThat(this.context.getBean(Plain.class).calls).as("nothing is prepared").contains("user null");
	}

	@Test
	void discardWhenPreparedLeavesNextEventToSpring() {
		this.properties.put("app.user", "a1");
		start(Plain.class);
		rebinder().prepare(names("app.user"));
		rebinder().discard();
		publish(Set.of("app.user"));
		assertThat(this.context.getBean(Plain.class).calls).contains("user null");
	}

	@Test
	void eventWhenBeanHasLifecycleCallsItAroundTheChange() {
		this.properties.put("lifecycle.token", "t1");
		start(Lifecycle.class);
		Lifecycle bean = this.context.getBean(Lifecycle.class);
		this.properties.put("lifecycle.token", "t2");
		rotate("lifecycle.token");
		assertThat(bean.calls).containsExactly("set t1", "init t1", "destroy t1", "set t2", "init t2");
	}

	@Test
	void eventWhenAnEarlierOneFailedHasNoErrorsOfIt() {
		this.properties.put("app.user", "a1");
		start(Plain.class);
		rebinder().getErrors().put("earlier", new IllegalStateException());
		rotate("app.user");
		assertThat(rebinder().getErrors()).isEmpty();
	}

	@Test
	void callbacksWhenBeanHasAllOfThemCallsThemInSpringsOrder() {
		this.context.registerBean("bean", Callbacks.class,
				(definition) -> ((AbstractBeanDefinition) definition).setInitMethodName("initialize"));
		start(Plain.class);
		Callbacks bean = this.context.getBean(Callbacks.class);
		assertThat(bean.calls).containsExactly("afterPropertiesSet", "initialize");
		bean.calls.clear();
		LifecycleCallbacks callbacks = new LifecycleCallbacks(this.context.getDefaultListableBeanFactory());
		callbacks.destroy(bean, "bean");
		callbacks.initialize(bean, "bean");
		assertThat(bean.calls).containsExactly("destroy", "afterPropertiesSet", "initialize");
		bean.calls.clear();
		callbacks.initialize(bean, "unknown");
		assertThat(bean.calls).containsExactly("afterPropertiesSet");
		bean.failure = new IllegalStateException("A callback");
		assertThatThrownBy(() -> callbacks.destroy(bean, "bean")).isSameAs(bean.failure);
		assertThatThrownBy(() -> callbacks.initialize(bean, "bean")).isSameAs(bean.failure);
	}

	@Test
	void updateWhenClassIsHiddenReadsAndSetsItAndShowsNoValue() {
		Internal fresh = new Internal();
		fresh.setToken("t2");
		Internal bean = new Internal();
		BeanUpdate update = BeanUpdate.of("bean", bean, fresh, ConfigurationPropertyName.of("app"), names("app.token"));
		assertThat(update).hasToString("bean[setToken]");
		update.apply();
		assertThat(bean.getToken()).isEqualTo("t2");
	}

	@Test
	void eventWhenBeanIsProxiedChangesItsTarget() {
		this.properties.put("app.user", "a1");
		start(ProxyingPostProcessor.class, Plain.class);
		Plain bean = this.context.getBean(Plain.class);
		assertThat(AopUtils.isCglibProxy(bean)).isTrue();
		this.properties.put("app.user", "a2");
		rotate("app.user");
		assertThat(bean.recorded()).containsExactly("user a1", "user a2");
	}

	@Test
	void eventWhenRecordWarnsOnceAndLeavesIt(CapturedOutput output) {
		this.properties.put("fixed.token", "t1");
		start(RecordConfiguration.class);
		this.properties.put("fixed.token", "t2");
		rotate("fixed.token");
		rotate("fixed.token");
		assertThat(this.context.getBean(FixedProperties.class).token()).isEqualTo("t1");
		assertThat(output.getOut().split("cannot follow a rotation in place", -1)).hasSize(2);
		assertThat(output).contains("Bean 'fixed-").contains(FixedProperties.class.getName());
	}

	@Test
	void eventWhenGetterOnlyCollectionIsBoundAsSpringDoes(CapturedOutput output) {
		this.properties.put("getter-only.tokens[0]", "t1");
		start(GetterOnly.class);
		this.properties.put("getter-only.tokens[0]", "t2");
		rotate("getter-only.tokens[0]");
		assertThat(this.context.getBean(GetterOnly.class).getTokens()).containsExactly("t2");
		assertThat(output).contains("cannot follow a rotation in place");
	}

	@Test
	void eventWhenSetterIsHiddenBindsAsSpringDoes(CapturedOutput output) {
		this.properties.put("hidden.token", "t1");
		start(Hidden.class);
		this.properties.put("hidden.token", "t2");
		rotate("hidden.token");
		assertThat(this.context.getBean(Hidden.class).getToken()).isEqualTo("t2");
		assertThat(output).contains("cannot follow a rotation in place");
	}

	@Test
	void eventWhenPropertyIsOfBeanWithLongerPrefixLeavesTheOuterOneAlone(CapturedOutput output) {
		this.properties.put("app.user", "a1");
		this.properties.put("app.inner.token", "t1");
		start(Plain.class, Longer.class);
		this.properties.put("app.inner.token", "t2");
		rotate("app.inner.token");
		assertThat(this.context.getBean(Longer.class).getToken()).isEqualTo("t2");
		assertThat(this.context.getBean(Plain.class).calls).containsExactly("user a1");
		assertThat(output).doesNotContain("cannot follow");
	}

	@Test
	void eventWhenFactoryMethodIsAnnotatedBindsWithItsPrefix() {
		this.properties.put("third.token", "t1");
		start(FactoryMethod.class);
		this.properties.put("third.token", "t2");
		rotate("third.token");
		assertThat(this.context.getBean(ThirdParty.class).getToken()).isEqualTo("t2");
	}

	@Test
	void eventWhenBeanHasConstructorWithDependenciesSetsWhatChanged() {
		this.properties.put("dependent.token", "t1");
		start(Dependent.class);
		Dependent bean = this.context.getBean(Dependent.class);
		this.properties.put("dependent.token", "t2");
		rotate("dependent.token");
		assertThat(bean.getToken()).isEqualTo("t2");
	}

	@Test
	void eventWhenNeverRefreshableLeavesBeanAlone() {
		this.properties.put("app.user", "a1");
		this.properties.put("spring.cloud.refresh.never-refreshable", Plain.class.getName());
		start(Plain.class);
		this.properties.put("app.user", "a2");
		rotate("app.user");
		assertThat(this.context.getBean(Plain.class).calls).containsExactly("user a1");
	}

	@Test
	void readersWhenRotatingNeverSeeNull() {
		assertThat(readersSeeNull((key) -> rotate(key))).isFalse();
	}

	@Test
	void readersWhenRebindingAsSpringDoesSeeNull() {
		assertThat(readersSeeNull((key) -> publish(Set.of(key)))).as("negative control").isTrue();
	}

	private boolean readersSeeNull(Consumer<String> change) {
		this.properties.put("observed.token", "t1");
		start(Observed.class);
		Observed bean = this.context.getBean(Observed.class);
		for (int i = 2; i < 10; i++) {
			this.properties.put("observed.token", "t" + i);
			change.accept("observed.token");
			assertThat(bean.getToken()).isEqualTo("t" + i);
		}
		return bean.sawNull;
	}

	private void rotate(String... changed) {
		rebinder().prepare(names(changed));
		publish(Set.of(changed));
	}

	private void publish(Set<String> keys) {
		this.context.publishEvent(new EnvironmentChangeEvent(this.context, keys));
	}

	private static Set<ConfigurationPropertyName> names(String... names) {
		return Stream.of(names).map(ConfigurationPropertyName::of).collect(Collectors.toSet());
	}

	private SecretsConfigurationPropertiesRebinder rebinder() {
		return this.context.getBean(SecretsConfigurationPropertiesRebinder.class);
	}

	private void start(Class<?>... beans) {
		this.context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", this.properties));
		this.context.register(Defaults.class);
		this.context.register(beans);
		this.context.refresh();
	}

	@EnableConfigurationProperties
	@ImportAutoConfiguration(RefreshAutoConfiguration.class)
	static class Defaults {

		@Bean
		static ConfigurationPropertiesBeans configurationPropertiesBeans() {
			return new ConfigurationPropertiesBeans();
		}

		@Bean
		SecretsConfigurationPropertiesRebinder rebinder(ConfigurationPropertiesBeans beans,
				RefreshAutoConfiguration.RefreshProperties properties) {
			return new SecretsConfigurationPropertiesRebinder(beans, properties);
		}

	}

	@ConfigurationProperties("app")
	public static class Plain {

		final List<String> calls = new ArrayList<>();

		private String user;

		private String passWord;

		public String getUser() {
			return this.user;
		}

		public void setUser(String user) {
			this.user = user;
			this.calls.add("user " + user);
		}

		// No getter: its value is found in the field
		public void setPassWord(String passWord) {
			this.passWord = passWord;
			this.calls.add("password " + this.passWord);
		}

		public List<String> recorded() {
			return this.calls;
		}

	}

	@ConfigurationProperties("other")
	public static class Other {

		final List<String> calls = new ArrayList<>();

		private String name;

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
			this.calls.add(String.valueOf(name));
		}

	}

	@ConfigurationProperties("nested")
	public static class Nested {

		private List<String> list;

		private Map<String, String> map;

		private Inner inner = new Inner();

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

		public Inner getInner() {
			return this.inner;
		}

		public void setInner(Inner inner) {
			this.inner = inner;
		}

		public static class Inner {

			private String secret;

			private String name;

			public String getSecret() {
				return this.secret;
			}

			public void setSecret(String secret) {
				this.secret = secret;
			}

			public String getName() {
				return this.name;
			}

			public void setName(String name) {
				this.name = name;
			}

		}

	}

	public static class Token {

		private String token;

		public String getToken() {
			return this.token;
		}

		public void setToken(String token) {
			this.token = token;
		}

	}

	@Validated
	@ConfigurationProperties("valid")
	public static class Valid {

		@NotEmpty
		private String token;

		public String getToken() {
			return this.token;
		}

		public void setToken(String token) {
			this.token = token;
		}

	}

	@ConfigurationProperties("lifecycle")
	public static class Lifecycle {

		final List<String> calls = new ArrayList<>();

		private String token;

		public String getToken() {
			return this.token;
		}

		public void setToken(String token) {
			this.token = token;
			this.calls.add("set " + token);
		}

		@PostConstruct
		void initialize() {
			this.calls.add("init " + this.token);
		}

		@PreDestroy
		void destroy() {
			this.calls.add("destroy " + this.token);
		}

	}

	static class Callbacks implements InitializingBean, DisposableBean {

		final List<String> calls = new ArrayList<>();

		private IllegalStateException failure;

		@Override
		public void afterPropertiesSet() {
			call("afterPropertiesSet");
		}

		@Override
		public void destroy() {
			call("destroy");
		}

		void initialize() {
			call("initialize");
		}

		private void call(String name) {
			this.calls.add(name);
			if (this.failure != null) {
				throw this.failure;
			}
		}

	}

	@EnableConfigurationProperties(FixedProperties.class)
	static class RecordConfiguration {

	}

	@ConfigurationProperties("fixed")
	record FixedProperties(String token) {

	}

	@ConfigurationProperties("getter-only")
	public static class GetterOnly {

		private final List<String> tokens = new ArrayList<>();

		public List<String> getTokens() {
			return this.tokens;
		}

	}

	@ConfigurationProperties("hidden")
	public static class Hidden {

		private String token;

		String getToken() {
			return this.token;
		}

		void setToken(String token) {
			this.token = token;
		}

	}

	@ConfigurationProperties("app.inner")
	public static class Longer extends Token {

	}

	interface Tokens {

		String getToken();

		void setToken(String token);

	}

	private static final class Internal implements Tokens {

		private String token;

		@Override
		public String getToken() {
			return this.token;
		}

		@Override
		public void setToken(String token) {
			this.token = token;
		}

	}

	public static class ThirdParty extends Token {

	}

	static class FactoryMethod {

		@Bean
		@ConfigurationProperties("third")
		ThirdParty thirdParty() {
			return new ThirdParty();
		}

	}

	@Component
	@ConfigurationProperties("dependent")
	public static class Dependent extends Token {

		@Autowired
		Dependent(Environment environment) {
			Assert.notNull(environment, "A dependency");
		}

	}

	@ConfigurationProperties("observed")
	public static class Observed {

		private boolean sawNull;

		private String token;

		public String getToken() {
			return this.token;
		}

		/**
		 * Look, as another thread could at this moment.
		 */
		public void setToken(String token) {
			this.token = token;
			this.sawNull |= (getToken() == null);
		}

	}

	public static class ProxyingPostProcessor implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			if (!(bean instanceof Plain)) {
				return bean;
			}
			ProxyFactory factory = new ProxyFactory(bean);
			factory.setProxyTargetClass(true);
			return factory.getProxy();
		}

	}

}
