package io.github.awssecrets.env;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.core.convert.support.ConfigurableConversionService;

/**
 * The conversion service of an Environment, whose failures do not show values of secrets.
 */
final class SecretSafeConversionService implements ConfigurableConversionService {

	private final ConfigurableConversionService delegate;

	private final Predicate<@Nullable Object> secret;

	/**
	 * Create a service.
	 * @param delegate what converts
	 * @param secret tells whether a value comes from a secret; asked after a failure only
	 */
	SecretSafeConversionService(ConfigurableConversionService delegate, Predicate<@Nullable Object> secret) {
		this.delegate = delegate;
		this.secret = secret;
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
			throw this.secret.test(source) ? new SecretConversionException("Environment", targetType) : ex;
		}
	}

	@Override
	public @Nullable Object convert(@Nullable Object source, @Nullable TypeDescriptor sourceType,
			TypeDescriptor targetType) {
		try {
			return this.delegate.convert(source, sourceType, targetType);
		}
		catch (ConversionException ex) {
			throw this.secret.test(source) ? new SecretConversionException("Environment", targetType.getType()) : ex;
		}
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
