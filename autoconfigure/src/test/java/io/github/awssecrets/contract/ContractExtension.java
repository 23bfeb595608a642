package io.github.awssecrets.contract;

import java.lang.reflect.Method;
import java.util.Optional;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Starts the backend of a test class before its first case, hands it to the cases, and
 * stops it after the last one. A case with a known deviation has to fail, in the way that
 * is known.
 */
class ContractExtension implements ExecutionCondition, ParameterResolver, InvocationInterceptor {

	/** The key of the report entry of a case that deviates as is known. */
	static final String DEVIATION_ENTRY = "contract.deviation";

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace
		.create(ContractExtension.class);

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		// Once for the class: the same holds for all that is nested in it
		if (context.getTestClass().filter((type) -> type.isAnnotationPresent(Against.class)).isEmpty()
				|| context.getTestMethod().isPresent()) {
			return ConditionEvaluationResult.enabled(null);
		}
		String absence = requireBackend(context).absence();
		return (absence != null) ? ConditionEvaluationResult.disabled(absence)
				: ConditionEvaluationResult.enabled(null);
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == RunningBackend.class;
	}

	@Override
	public RunningBackend resolveParameter(ParameterContext parameter, ExtensionContext context) {
		ExtensionContext outermost = context;
		for (Optional<ExtensionContext> parent = context.getParent(); parent.isPresent()
				&& parent.get().getTestClass().isPresent(); parent = outermost.getParent()) {
			outermost = parent.get();
		}
		Backend backend = requireBackend(context);
		// Closed by JUnit, with the context of the outermost class
		return outermost.getStore(NAMESPACE)
			.computeIfAbsent(backend, (started) -> backend.start(), RunningBackend.class);
	}

	@Override
	public void interceptTestMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> invocationContext,
			ExtensionContext context) throws Throwable {
		Deviation deviation = Deviations.find(requireBackend(context), context.getRequiredTestMethod());
		if (deviation == null) {
			invocation.proceed();
			return;
		}
		Throwable failure = null;
		try {
			invocation.proceed();
		}
		catch (Throwable ex) {
			failure = ex;
		}
		deviation.check(failure);
		context.publishReportEntry(DEVIATION_ENTRY, deviation.reason());
	}

	private static Backend requireBackend(ExtensionContext context) {
		return backend(context.getRequiredTestClass()).orElseThrow();
	}

	/**
	 * Return the backend of a test class.
	 * @param type the class, or one nested in it
	 * @return the backend, or nothing if neither names one
	 */
	static Optional<Backend> backend(Class<?> type) {
		for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
			Against against = each.getAnnotation(Against.class);
			if (against != null) {
				return Optional.of(against.value());
			}
		}
		return Optional.empty();
	}

}
