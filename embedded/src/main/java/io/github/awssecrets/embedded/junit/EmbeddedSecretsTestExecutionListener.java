package io.github.awssecrets.embedded.junit;

import io.github.awssecrets.embedded.SecretsServer;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestContextAnnotationUtils.AnnotationDescriptor;
import org.springframework.test.context.TestExecutionListener;

/**
 * Makes the server of a cached context as it was when it started, before each test class
 * that uses it. Classes nested in one go on with what it left.
 */
class EmbeddedSecretsTestExecutionListener implements TestExecutionListener {

	@Override
	public void beforeTestClass(TestContext testContext) {
		if (isAnnotated(testContext.getTestClass()) && testContext.hasApplicationContext()) {
			testContext.getApplicationContext()
				.getBean(EmbeddedSecretsContextCustomizer.NAME, SecretsServer.class)
				.reset();
		}
	}

	private static boolean isAnnotated(Class<?> testClass) {
		AnnotationDescriptor<EmbeddedSecrets> descriptor = TestContextAnnotationUtils
			.findAnnotationDescriptor(testClass, EmbeddedSecrets.class);
		return descriptor != null && descriptor.getRootDeclaringClass().isAssignableFrom(testClass);
	}

}
