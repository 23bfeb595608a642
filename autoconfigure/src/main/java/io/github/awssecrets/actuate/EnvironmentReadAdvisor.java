package io.github.awssecrets.actuate;

import io.github.awssecrets.env.ShownProperties;

import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;

/**
 * Lets the {@code env} endpoint read masked values: so it neither retrieves a secret that
 * nobody uses, nor fails because of a reference without a value. What it writes makes
 * beans bind, so that is left alone.
 */
public final class EnvironmentReadAdvisor implements OperationInvokerAdvisor {

	private static final EndpointId ENV = EndpointId.of("env");

	private final ShownProperties properties;

	/**
	 * Create an advisor.
	 * @param properties the properties of the application
	 */
	public EnvironmentReadAdvisor(ShownProperties properties) {
		this.properties = properties;
	}

	@Override
	public OperationInvoker apply(EndpointId endpointId, OperationType operationType, OperationParameters parameters,
			OperationInvoker invoker) {
		return (ENV.equals(endpointId) && operationType == OperationType.READ)
				? (context) -> this.properties.read(() -> invoker.invoke(context)) : invoker;
	}

}
