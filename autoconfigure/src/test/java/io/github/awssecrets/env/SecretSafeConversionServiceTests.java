package io.github.awssecrets.env;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.awssecrets.testing.InProcessRetrieval;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.convert.ConverterNotFoundException;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.core.convert.support.ConfigurableConversionService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link SecretSafeConversionService}.
 */
class SecretSafeConversionServiceTests {

	private static final String PASSWORD = TestContext.value("prod/db", "password");

	private static final TypeDescriptor TEXT = TypeDescriptor.valueOf(String.class);

	private final TestContext context = new TestContext().keys("prod/db", "password")
		.yaml("a: $<secret:prod/db.password>\nb: $<secret:prod/db.password>\nplain: text");

	@BeforeEach
	void start() {
		this.context.start();
	}

	@Test
	void getPropertyWhenValueOfSecretDoesNotFitTypeNamesPropertiesInstead() {
		ConversionException failure = catchThrowableOfType(SecretConversionException.class,
				() -> this.context.environment().getProperty("a", Integer.class));
		String version = "(secret prod/db, version %s)".formatted(InProcessRetrieval.VERSION_ID);
		assertThat(failure).hasNoCause()
			.hasMessage("a in application.yml:1:4 %s, or b in application.yml:2:4 %s cannot be converted to "
				.formatted(version, version) + "java.lang.Integer. The value comes from a secret, and is not shown");
	}

	@Test
	void convertWhenValueOfSecretDoesNotFitTypeDoesNotShowIt() {
		assertThatExceptionOfType(SecretConversionException.class)
			.isThrownBy(() -> service().convert(PASSWORD, Duration.class))
			.withMessageContaining("a in application.yml:1:4")
			.withMessageContaining("java.time.Duration");
		assertThatExceptionOfType(SecretConversionException.class)
			.isThrownBy(() -> service().convert(PASSWORD, TEXT, TypeDescriptor.valueOf(TimeUnit.class)))
			.withMessageContaining("a in application.yml:1:4")
			.withMessageContaining("java.util.concurrent.TimeUnit");
	}

	@Test
	void convertWhenOtherValueDoesNotFitTypeFailsAsUsual() {
		assertThatExceptionOfType(ConversionFailedException.class)
			.isThrownBy(() -> service().convert("text", Integer.class))
			.withMessageContaining("[text]");
		assertThatExceptionOfType(ConversionFailedException.class)
			.isThrownBy(() -> service().convert("text", TEXT, TypeDescriptor.valueOf(Integer.class)))
			.withMessageContaining("[text]");
		assertThatExceptionOfType(ConverterNotFoundException.class)
			.isThrownBy(() -> service().convert(12, Thread.class));
	}

	@Test
	void convertWhenValueFitsTypeConvertsIt() {
		assertThat(service().convert("12", Integer.class)).isEqualTo(12);
		assertThat(service().convert("12", TEXT, TypeDescriptor.valueOf(Integer.class))).isEqualTo(12);
	}

	@Test
	void canConvertIsThatOfTheServiceBehind() {
		assertThat(service().canConvert(String.class, Integer.class)).isTrue();
		assertThat(service().canConvert(Integer.class, Thread.class)).isFalse();
		assertThat(service().canConvert(TEXT, TypeDescriptor.valueOf(Integer.class))).isTrue();
		assertThat(service().canConvert(TypeDescriptor.valueOf(Integer.class), TypeDescriptor.valueOf(Thread.class)))
			.isFalse();
	}

	@Test
	void convertersAreAddedToTheServiceBehindAndRemoved() {
		service().addConverter(String.class, Pair.class, (text) -> new Pair(text, text));
		assertThat(service().convert("one", Pair.class)).isEqualTo(new Pair("one", "one"));
		service().removeConvertible(String.class, Pair.class);
		assertThat(service().canConvert(String.class, Pair.class)).isFalse();
		service().addConverter(new ToThread());
		assertThat(service().convert(2, Thread.class).getName()).isEqualTo("2");
		service().addConverter((GenericConverter) new ToRunnable());
		assertThat(service().convert(3.0, AutoCloseable.class)).isInstanceOf(AutoCloseable.class);
		service().addConverterFactory(new ToThreadGroup());
		assertThat(service().convert('4', ThreadGroup.class).getName()).isEqualTo("4");
	}

	@Test
	void installWhenInstalledKeepsTheService() {
		ConfigurableConversionService before = service();
		SecretSafeConversionService.install(this.context.environment());
		assertThat(service()).isSameAs(before);
	}

	@Test
	void installWhenThereAreNoSecretsKeepsTheServiceOfTheEnvironment() {
		TestContext plain = new TestContext().yaml("a: b").start();
		assertThat(plain.environment().getConversionService()).isNotInstanceOf(SecretSafeConversionService.class);
	}

	private ConfigurableConversionService service() {
		ConfigurableConversionService service = this.context.environment().getConversionService();
		assertThat(service).isInstanceOf(SecretSafeConversionService.class);
		return service;
	}

	private record Pair(String left, String right) {

	}

	private static final class ToThread implements Converter<Integer, Thread> {

		@Override
		public Thread convert(Integer source) {
			return new Thread(source.toString());
		}

	}

	private static final class ToRunnable implements GenericConverter {

		@Override
		public Set<ConvertiblePair> getConvertibleTypes() {
			return Set.of(new ConvertiblePair(Double.class, AutoCloseable.class));
		}

		@Override
		public Object convert(Object source, TypeDescriptor sourceType, TypeDescriptor targetType) {
			return (AutoCloseable) () -> {
			};
		}

	}

	private static final class ToThreadGroup implements ConverterFactory<Character, ThreadGroup> {

		@Override
		public <T extends ThreadGroup> Converter<Character, T> getConverter(Class<T> targetType) {
			return (source) -> targetType.cast(new ThreadGroup(source.toString()));
		}

	}

}
