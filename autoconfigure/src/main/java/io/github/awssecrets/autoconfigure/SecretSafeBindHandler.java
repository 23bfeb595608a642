package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.env.SecretOrigins;
import io.github.awssecrets.env.UnresolvedReferenceException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Takes the values of secrets out of failures to bind or validate properties. Boot's own
 * exceptions show them in their messages.
 */
class SecretSafeBindHandler extends AbstractBindHandler {

	SecretSafeBindHandler(BindHandler parent) {
		super(parent);
	}

	@Override
	public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Exception error) throws Exception {
		try {
			return super.onFailure(name, target, context, error);
		}
		catch (Exception ex) {
			throw withoutValues(ex, target, context.getConfigurationProperty());
		}
	}

	@Override
	public void onFinish(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			@Nullable Object result) throws Exception {
		try {
			super.onFinish(name, target, context, result);
		}
		catch (BindValidationException ex) {
			throw withoutValues(ex, target, null);
		}
	}

	private static Exception withoutValues(Exception ex, Bindable<?> target, @Nullable ConfigurationProperty property) {
		if (ex instanceof BindValidationException validation) {
			boolean secret = validation.getValidationErrors()
				.getBoundProperties()
				.stream()
				.anyMatch((bound) -> SecretOrigins.find(bound) != null);
			return secret ? SecretBindException.ofValidation(validation.getValidationErrors()) : ex;
		}
		if (ex instanceof BindException || isUnresolvedReference(ex)) {
			return ex;
		}
		return (property != null && SecretOrigins.find(property) != null)
				? SecretBindException.ofConversion(property, target) : ex;
	}

	private static boolean isUnresolvedReference(@Nullable Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof UnresolvedReferenceException) {
				return true;
			}
		}
		return false;
	}

}
