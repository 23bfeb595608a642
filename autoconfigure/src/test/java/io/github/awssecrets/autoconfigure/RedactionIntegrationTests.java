package io.github.awssecrets.autoconfigure;

import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.CanaryScanner;
import io.github.awssecrets.testing.FailedStart;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no failure to use the value of a secret shows it: not the report, not what
 * is logged, and not the exceptions.
 */
class RedactionIntegrationTests extends AbstractApplicationTests {

	@BeforeEach
	void createSecret() {
		server.create("prod/db",
				"{\"number\":12345,\"braces\":%s,%s".formatted(quoted("${x}" + Canary.value("prod/db.braces", 1)),
						Canary.json("prod/db", 1, "password").substring(1)));
	}

	private static String quoted(String text) {
		return "\"" + text.replace("\"", "\\\"") + "\"";
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			count           | app.count           | int
			mode            | app.mode            | Mode
			timeout         | app.timeout         | java.time.Duration
			url             | app.url             | java.net.URL
			nested.port     | app.nested.port     | java.lang.Integer
			point.x         | app.point.x         | int
			list[1]         | app.list[1]         | java.lang.Integer
			list            | app.list            | java.util.List<java.lang.Integer>
			map.key         | app.map.key         | java.lang.Integer
			points[0].y     | app.points[0].y     | int
			""")
	void reportWhenPropertyIsOfWrongTypeNamesProperty(String name, String property, String type,
			CapturedOutput output) {
		FailedStart start = start(application().file("application.properties", """
				%s
				app.%s=$<secret:prod/db.password>
				""".formatted(name.equals("list[1]") ? "app.list[0]=1" : "", name)).classes(Binding.class), output);
		assertThat(report(start)).isEqualTo("""
				Failed to bind properties under '%s' to %s:

				    Property: %1$s
				    Value: not shown, as it comes from a secret
				    Origin: URL [application.properties] - 2:%d (secret prod/db, version VERSION)
				    Reason: it cannot be converted to %2$s%s

				Action:

				Correct the secret, the reference, or the type of the property.
				""".formatted(property, type, "app.=".length() + name.length() + 1,
				type.equals("Mode") ? ", whose values are FAST, SLOW" : ""));
	}

	@Test
	void reportWhenVariableIsOfWrongTypeNamesVariable(CapturedOutput output) {
		FailedStart start = start(
				application().variable("APP_COUNT", "$<secret:prod/db.password>").classes(Binding.class), output);
		assertThat(report(start)).isEqualTo("""
				Failed to bind properties under 'app.count' to int:

				    Property: app.count
				    Value: not shown, as it comes from a secret
				    Origin: System Environment Property "APP_COUNT" (secret prod/db, version VERSION)
				    Reason: it cannot be converted to int

				Action:

				Correct the secret, the reference, or the type of the property.
				""");
	}

	@Test
	void reportWhenDerivedPropertyIsOfWrongTypeNamesIt(CapturedOutput output) {
		FailedStart start = start(application().yaml("""
				db.braces: $<secret:prod/db.braces>
				db.port: 1${db.braces}
				app.count: ${db.port}
				""").classes(Binding.class), output);
		assertThat(report(start)).isEqualTo("""
				Failed to bind properties under 'app.count' to int:

				    Property: app.count
				    Value: not shown, as it comes from a secret
				    Origin: URL [application.yml] - 3:12 (secret prod/db, version VERSION)
				    Reason: it cannot be converted to int

				Action:

				Correct the secret, the reference, or the type of the property.
				""");
	}

	@Test
	void reportWhenRecordRefusesValueNamesItsSecrets(CapturedOutput output) {
		FailedStart start = start(application().yaml("""
				strict:
				  name: plain
				  password: $<secret:prod/db.password>
				""").classes(StrictBinding.class), output);
		assertThat(report(start)).isEqualTo(
				"""
						Failed to bind properties under 'strict' to StrictProperties:

						    Property: strict.password
						    Value: not shown, as it comes from a secret
						    Origin: URL [application.yml] - 3:13 (secret prod/db, version VERSION)
						    Reason: StrictProperties refused its values: java.lang.IllegalArgumentException, whose message is not shown, as it may hold them

						Action:

						Correct the secret, the reference, or the type of the property.
						""");
	}

	@Test
	void reportWhenFactoryMethodRefusesValueNamesProperty(CapturedOutput output) {
		FailedStart start = start(application().yaml("app.strict: $<secret:prod/db.password>").classes(Binding.class),
				output);
		assertThat(report(start)).isEqualTo("""
				Failed to bind properties under 'app.strict' to Strict:

				    Property: app.strict
				    Value: not shown, as it comes from a secret
				    Origin: URL [application.yml] - 1:13 (secret prod/db, version VERSION)
				    Reason: it cannot be converted to Strict

				Action:

				Correct the secret, the reference, or the type of the property.
				""");
	}

	@Test
	void reportWhenSetterRefusesValueNamesItsSecrets(CapturedOutput output) {
		FailedStart start = start(
				application().yaml("bean.password: $<secret:prod/db.password>").classes(BeanBinding.class), output);
		assertThat(report(start)).isEqualTo(
				"""
						Failed to bind properties under 'bean' to BeanProperties:

						    Property: bean.password
						    Value: not shown, as it comes from a secret
						    Origin: URL [application.yml] - 1:16 (secret prod/db, version VERSION)
						    Reason: BeanProperties refused its values: java.lang.IllegalArgumentException, whose message is not shown, as it may hold them

						Action:

						Correct the secret, the reference, or the type of the property.
						""");
	}

	@Test
	void reportWhenPropertyIsUnknownDoesNotShowIt(CapturedOutput output) {
		FailedStart start = start(application().yaml("""
				complete:
				  known: $<secret:prod/db.password>
				  unknown: $<secret:prod/db.password>
				  plain: text
				""").classes(CompleteBinding.class), output);
		assertThat(report(start)).isEqualTo("""
				Failed to bind properties under 'complete' to CompleteProperties:

				    Property: complete.plain
				    Value: "text"
				    Origin: URL [application.yml] - 4:10
				    Reason: The elements [complete.plain,complete.unknown] were left unbound.

				    Property: complete.unknown
				    Value: not shown, as it comes from a secret
				    Origin: URL [application.yml] - 3:12 (secret prod/db, version VERSION)
				    Reason: The elements [complete.plain,complete.unknown] were left unbound.

				Action:

				Correct the secret, the reference, or the type of the property.
				""");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			FieldReader       | @Value of field 'count' of FieldReader | int
			ConstructorReader | @Value of parameter 2 of the constructor of ConstructorReader | long
			OptionalReader    | @Value of field 'count' of OptionalReader | java.lang.Integer
			ProviderReader    | @Value of parameter 1 of the constructor of ProviderReader | Mode
			MethodReader      | @Value of parameter 1 of method 'text' of MethodReader | int
			ListReader        | @Value of field 'list' of ListReader | java.util.List
			EnvironmentReader | "" | java.lang.Integer
			""")
	void reportWhenReaderWantsOtherTypeNamesReader(String name, String reader, String type, CapturedOutput output)
			throws ClassNotFoundException {
		FailedStart start = start(application().yaml("""
				app:
				  count: $<secret:prod/db.password>
				""").classes(Class.forName(getClass().getName() + "$" + name)), output);
		String property = "app.count in application.yml:2:10";
		String secret = "secret prod/db, version VERSION";
		assertThat(report(start)).isEqualTo("""
				%s cannot be converted to %s. The value comes from a secret, and is not shown.

				Action:

				Correct the secret, the reference, or the type of the reader.
				""".formatted(reader.isEmpty() ? "%s (%s)".formatted(property, secret)
				: "%s (%s; %s)".formatted(reader, property, secret), type));
	}

	@Test
	void reportWhenReferenceOfAnnotationIsOfWrongTypeNamesAnnotation(CapturedOutput output) {
		FailedStart start = start(application().classes(DirectReader.class), output);
		assertThat(report(start)).isEqualTo(
				"""
						@Value of field 'timeout' of DirectReader (secret prod/db, version VERSION) cannot be converted to java.time.Duration. The value comes from a secret, and is not shown.

						Action:

						Correct the secret, the reference, or the type of the reader.
						""");
	}

	@Test
	void reportWhenBinderIsUsedDirectlyDoesNotShowValue(CapturedOutput output) {
		FailedStart start = FailedStart
			.of(application().yaml("app.count: $<secret:prod/db.password>").classes(BinderReader.class), output);
		assertThat(report(start)).isEqualTo("""
				Failed to bind properties under 'app.count' to java.lang.Integer:

				    Property: app.count
				    Value: not shown, as it comes from a secret
				    Origin: URL [application.yml] - 1:12 (secret prod/db, version VERSION)
				    Reason: it cannot be converted to java.lang.Integer

				Action:

				Correct the secret, the reference, or the type of the property.
				""");
		assertThat(CanaryScanner.scan("output", start.output())).isEmpty();
	}

	@Test
	void reportWhenCodeRefusesValueDoesNotShowIt(CapturedOutput output) {
		FailedStart start = FailedStart.of(
				application().variable("APP_COUNT", "$<secret:prod/db.password>").classes(RefusingReader.class),
				output);
		assertThat(report(start)).isEqualTo("""
				A property has an invalid value:

				    Property: app.count
				    Value: not shown, as it comes from a secret
				    Origin: System Environment Property "APP_COUNT" (secret prod/db, version VERSION)
				    Reason: It is not even

				Action:

				Correct the secret or the reference.
				""");
		assertThat(CanaryScanner.scan("output", start.output())).isEmpty();
	}

	@Test
	void scanWhenApplicationLeaksFindsIt(CapturedOutput output) {
		// Not with --debug, which would log the failure all the same, and leak in earnest
		FailedStart start = FailedStart.of(super.application().arguments("--logging.level.root=off")
			.yaml("app.count: $<secret:prod/db.password>")
			.classes(LeakingReader.class), output);
		assertThat(CanaryScanner.scan("exception", start.exception())).isNotEmpty();
	}

	@Override
	protected TestApplication application() {
		return super.application().arguments("--debug");
	}

	private static FailedStart start(TestApplication application, CapturedOutput output) {
		FailedStart start = FailedStart.of(application, output);
		assertThat(CanaryScanner.scan("output", start.output())).isEmpty();
		assertThat(CanaryScanner.scan("exception", start.exception())).isEmpty();
		return start;
	}

	private String report(FailedStart start) {
		return start.report()
			.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "VERSION")
			.replaceAll("file:[^\\]]*/", "")
			.replace("io.github.awssecrets.autoconfigure.RedactionIntegrationTests.", "")
			.replace("io.github.awssecrets.autoconfigure.RedactionIntegrationTests$", "");
	}

	enum Mode {

		FAST, SLOW

	}

	record Point(int x, int y) {

	}

	static class Nested {

		private Integer port = 0;

		Integer getPort() {
			return this.port;
		}

		void setPort(Integer port) {
			this.port = port;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(Properties.class)
	static class Binding {

	}

	@ConfigurationProperties("app")
	record Properties(int count, Mode mode, Duration timeout, URL url, Nested nested, Point point, List<Integer> list,
			Map<String, Integer> map, List<Point> points, Strict strict) {

	}

	static class Strict {

		static Strict valueOf(String text) {
			if (text.length() > 3) {
				throw new IllegalArgumentException(text + " is refused");
			}
			return new Strict();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(StrictProperties.class)
	static class StrictBinding {

	}

	@ConfigurationProperties("strict")
	record StrictProperties(String name, String password) {

		StrictProperties {
			throw new IllegalArgumentException(password + " is refused");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(BeanProperties.class)
	static class BeanBinding {

	}

	@ConfigurationProperties("bean")
	static class BeanProperties {

		String getPassword() {
			return "";
		}

		void setPassword(String password) {
			Strict.valueOf(password);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(CompleteProperties.class)
	static class CompleteBinding {

	}

	@ConfigurationProperties(prefix = "complete", ignoreUnknownFields = false)
	record CompleteProperties(String known) {

	}

	static class FieldReader {

		@Value("${app.count}")
		int count;

	}

	static class ConstructorReader {

		ConstructorReader(Environment environment, @Value("x${app.count}") long count) {
		}

	}

	static class OptionalReader {

		@Value("${app.count}")
		Optional<Integer> count;

	}

	static class ProviderReader {

		ProviderReader(@Value("${app.count}") ObjectProvider<Mode> mode) {
			mode.getObject();
		}

	}

	static class DirectReader {

		@Value("$<secret:prod/db.password>")
		Duration timeout;

	}

	static class ListReader {

		@Value("1,${app.count}")
		List<Integer> list;

	}

	@Configuration(proxyBeanMethods = false)
	static class MethodReader {

		@Bean
		String text(@Value("${app.count}") int count) {
			return String.valueOf(count);
		}

	}

	static class EnvironmentReader {

		EnvironmentReader(Environment environment) {
			environment.getProperty("app.count", Integer.class);
		}

	}

	static class BinderReader {

		BinderReader(Environment environment) {
			Binder.get(environment).bind("app.count", Integer.class);
		}

	}

	static class RefusingReader {

		RefusingReader(Environment environment) {
			String value = environment.getRequiredProperty("app.count");
			throw new InvalidConfigurationPropertyValueException("app.count", value, "It is not even");
		}

	}

	static class LeakingReader implements InitializingBean {

		@Value("${app.count}")
		String text;

		@Override
		public void afterPropertiesSet() {
			throw new IllegalStateException("Cannot log in with " + this.text);
		}

	}

}
