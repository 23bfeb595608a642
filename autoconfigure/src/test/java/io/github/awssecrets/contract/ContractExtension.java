package io.github.awssecrets.contract;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Starts the backend of a test class before its first case, hands it to the cases, and
 * stops it after the last one. A backend that this machine does not have, or cannot
 * start, has its cases skipped with the reason. A case with a known deviation has to
 * fail, in the way that is known.
 */
class ContractExtension implements ExecutionCondition, BeforeAllCallback, ParameterResolver, InvocationInterceptor {

	/** The key of the report entry of a case that deviates as is known. */
	static final String DEVIATION_ENTRY = "contract.deviation";

	/** The key of the report entry of a test class that tells the backend's version. */
	static final String VERSION_ENTRY = "contract.version";

	/** The key of the report entry of a case that differs, though that fails nothing. */
	static final String DIFFERENCE_ENTRY = "contract.difference";

	/** The key that tells, in the same entry, from what it differs. */
	static final String BASIS_ENTRY = "contract.basis";

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace
		.create(ContractExtension.class);

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		// Once for the class: the same holds for all that is nested in it
		if (!isOutermost(context)) {
			return ConditionEvaluationResult.enabled(null);
		}
		Backend backend = requireBackend(context);
		String absence = backend.absence();
		if (absence != null) {
			return ConditionEvaluationResult.disabled(absence);
		}
		try {
			// Closed by JUnit, with this context
			context.getStore(NAMESPACE).put(RunningBackend.class, backend.start());
			return ConditionEvaluationResult.enabled(null);
		}
		catch (TestAbortedException ex) {
			if (Expectation.isStrict()) {
				throw ex;
			}
			return ConditionEvaluationResult.disabled(ex.getMessage());
		}
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		String version = running(context).version();
		if (isOutermost(context) && !version.isEmpty()) {
			context.publishReportEntry(VERSION_ENTRY, version);
		}
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == RunningBackend.class;
	}

	@Override
	public RunningBackend resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return running(context);
	}

	@Override
	public void interceptTestMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> invocationContext,
			ExtensionContext context) throws Throwable {
		Method test = context.getRequiredTestMethod();
		Backend backend = requireBackend(context);
		Deviation deviation = Deviations.find(backend, test);
		Expectation expectation = Expectation.of(backend, running(context), Deviations.name(test), deviation);
		Throwable failure = null;
		try {
			invocation.proceed();
		}
		catch (Throwable ex) {
			failure = ex;
		}
		try {
			expectation.check(failure);
		}
		catch (TestAbortedException ex) {
			String basis = expectation.unseenBasis();
			if (basis != null) {
				context.publishReportEntry(Map.of(DIFFERENCE_ENTRY, expectation.test(), BASIS_ENTRY, basis));
			}
			throw ex;
		}
		if (deviation != null) {
			context.publishReportEntry(DEVIATION_ENTRY, deviation.reason());
		}
	}

	private static boolean isOutermost(ExtensionContext context) {
		return context.getTestMethod().isEmpty()
				&& context.getTestClass().filter((type) -> type.isAnnotationPresent(Against.class)).isPresent();
	}

	private static RunningBackend running(ExtensionContext context) {
		return Objects.requireNonNull(context.getStore(NAMESPACE).get(RunningBackend.class, RunningBackend.class));
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
