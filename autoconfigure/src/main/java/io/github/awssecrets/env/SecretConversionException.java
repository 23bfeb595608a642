package io.github.awssecrets.env;

import org.springframework.core.convert.ConversionException;

/**
 * Thrown where a value from a secret does not fit the type that a reader wants. Has
 * neither the value nor the original failure, whose message shows it.
 */
public class SecretConversionException extends ConversionException {

	private static final long serialVersionUID = 1L;

	SecretConversionException(String reader, Class<?> type) {
		super("%s cannot be converted to %s. The value comes from a secret, and is not shown".formatted(reader,
				type.getTypeName()));
	}

}
