package io.github.awssecrets.autoconfigure;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.awssecrets.env.SecretOrigins;
import io.github.awssecrets.env.UnresolvedReferenceException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Takes the values of secrets out of failures to bind or validate properties. Boot's own
 * exceptions show them in their messages.
 */
class SecretSafeBindHandler extends AbstractBindHandler {

	/* Of one binding, as is the handler */
	private final Set<ConfigurationProperty> secrets = new LinkedHashSet<>();

	SecretSafeBindHandler(BindHandler parent) {
		super(parent);
	}

	@Override
	public @Nullable Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Object result) {
		ConfigurationProperty property = context.getConfigurationProperty();
		if (property != null && SecretOrigins.find(property) != null) {
			this.secrets.add(property);
		}
		return super.onSuccess(name, target, context, result);
	}

	@Override
	public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Exception error) throws Exception {
		try {
			return super.onFailure(name, target, context, error);
		}
		catch (Exception ex) {
			throw withoutValues(ex, name, target, context.getConfigurationProperty());
		}
	}

	@Override
	public void onFinish(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			@Nullable Object result) throws Exception {
		try {
			super.onFinish(name, target, context, result);
		}
		catch (BindValidationException | UnboundConfigurationPropertiesException ex) {
			throw withoutValues(ex, name, target, null);
		}
	}

	private Exception withoutValues(Exception ex, ConfigurationPropertyName name, Bindable<?> target,
			@Nullable ConfigurationProperty property) {
		if (ex instanceof BindValidationException validation) {
			ValidationErrors errors = validation.getValidationErrors();
			return hasSecret(errors.getBoundProperties()) ? SecretBindException.ofValidation(errors) : ex;
		}
		if (ex instanceof UnboundConfigurationPropertiesException unbound) {
			return hasSecret(unbound.getUnboundProperties()) ? SecretBindException.ofUnbound(unbound) : ex;
		}
		if (ex instanceof BindException || ex instanceof SecretBindException || isUnresolvedReference(ex)) {
			return ex;
		}
		if (property != null && property.getName().equals(name) && SecretOrigins.find(property) != null) {
			return SecretBindException.ofConversion(property, target);
		}
		List<ConfigurationProperty> within = this.secrets.stream()
			.filter((secret) -> name.isAncestorOf(secret.getName()))
			.toList();
		return within.isEmpty() ? ex : SecretBindException.ofRefusal(within, target, ex);
	}

	private static boolean hasSecret(Collection<ConfigurationProperty> properties) {
		return properties.stream().anyMatch((property) -> SecretOrigins.find(property) != null);
	}

	private static boolean isUnresolvedReference(Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof UnresolvedReferenceException) {
				return true;
			}
		}
		return false;
	}

}
