package io.github.awssecrets.env;

import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.core.convert.support.ConfigurableConversionService;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The conversion service of an Environment, whose failures do not show values of secrets.
 */
final class SecretSafeConversionService implements ConfigurableConversionService {

	private final ConfigurableConversionService delegate;

	private final SecretValueFinder finder;

	private SecretSafeConversionService(ConfigurableConversionService delegate, SecretValueFinder finder) {
		this.delegate = delegate;
		this.finder = finder;
	}

	/**
	 * Let an Environment use such a service, if it has secrets and does not yet.
	 * @param environment the Environment
	 */
	static void install(ConfigurableEnvironment environment) {
		ConfigurableConversionService service = environment.getConversionService();
		boolean secrets = environment.getPropertySources()
			.stream()
			.anyMatch((source) -> source instanceof Twin twin && twin.answersWithSecrets());
		if (secrets && !(service instanceof SecretSafeConversionService)) {
			environment.setConversionService(
					new SecretSafeConversionService(service, new SecretValueFinder(environment.getPropertySources())));
		}
	}

	@Override
	public boolean canConvert(@Nullable Class<?> sourceType, Class<?> targetType) {
		return this.delegate.canConvert(sourceType, targetType);
	}

	@Override
	public boolean canConvert(@Nullable TypeDescriptor sourceType, TypeDescriptor targetType) {
		return this.delegate.canConvert(sourceType, targetType);
	}

	@Override
	public <T> @Nullable T convert(@Nullable Object source, Class<T> targetType) {
		try {
			return this.delegate.convert(source, targetType);
		}
		catch (ConversionException ex) {
			throw withoutValue(ex, source, targetType);
		}
	}

	@Override
	public @Nullable Object convert(@Nullable Object source, @Nullable TypeDescriptor sourceType,
			TypeDescriptor targetType) {
		try {
			return this.delegate.convert(source, sourceType, targetType);
		}
		catch (ConversionException ex) {
			throw withoutValue(ex, source, targetType.getType());
		}
	}

	private ConversionException withoutValue(ConversionException ex, @Nullable Object source, Class<?> targetType) {
		String property = this.finder.find(source);
		return (property != null) ? new SecretConversionException(property, targetType) : ex;
	}

	@Override
	public void addConverter(Converter<?, ?> converter) {
		this.delegate.addConverter(converter);
	}

	@Override
	public <S, T> void addConverter(Class<S> sourceType, Class<T> targetType,
			Converter<? super S, ? extends T> converter) {
		this.delegate.addConverter(sourceType, targetType, converter);
	}

	@Override
	public void addConverter(GenericConverter converter) {
		this.delegate.addConverter(converter);
	}

	@Override
	public void addConverterFactory(ConverterFactory<?, ?> factory) {
		this.delegate.addConverterFactory(factory);
	}

	@Override
	public void removeConvertible(Class<?> sourceType, Class<?> targetType) {
		this.delegate.removeConvertible(sourceType, targetType);
	}

}
