package io.github.awssecrets.embedded.junit;

import java.util.stream.Stream;

import io.github.awssecrets.embedded.SecretsServer;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.platform.commons.support.AnnotationSupport;

import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * The server of a test with {@link EmbeddedSecrets @EmbeddedSecrets} that Spring's test
 * support runs: it belongs to the context, and so to the application under test.
 */
final class SpringServer {

	private SpringServer() {
	}

	/**
	 * Return whether a test gets its server from a Spring context. Links to Spring, which
	 * is optional, only where it is there.
	 * @param context the context of the test
	 * @return whether Spring runs the test, and the annotation is there
	 */
	static boolean isIn(ExtensionContext context) {
		return isRunBySpring(context) && Linked.isAnnotated(context.getRequiredTestClass());
	}

	private static boolean isRunBySpring(ExtensionContext context) {
		Class<?> testClass = context.getTestClass().orElse(null);
		for (Class<?> each = testClass; each != null; each = each.getEnclosingClass()) {
			if (isExtendedWithSpring(each)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isExtendedWithSpring(Class<?> testClass) {
		return AnnotationSupport.findRepeatableAnnotations(testClass, ExtendWith.class)
			.stream()
			.flatMap((extendWith) -> Stream.of(extendWith.value()))
			.anyMatch((extension) -> extension.getName().endsWith(".SpringExtension"));
	}

	static boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return Linked.supportsParameter(parameter, context);
	}

	static SecretsServer get(ExtensionContext context) {
		return Linked.get(context);
	}

	/**
	 * Have the application under test follow the rotations of a server that it uses. Does
	 * nothing without one.
	 * @param server a server that is not a bean
	 * @param context the context of the test
	 */
	static void tellApplication(SecretsServer server, ExtensionContext context) {
		if (isRunBySpring(context)) {
			Linked.tellApplication(server, context);
		}
	}

	/**
	 * All that links to Spring.
	 */
	private static final class Linked {

		static boolean isAnnotated(Class<?> testClass) {
			return TestContextAnnotationUtils.hasAnnotation(testClass, EmbeddedSecrets.class);
		}

		/*
		 * Two resolvers for one parameter are an error, and Spring injects the bean too
		 */
		static boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
			return !new SpringExtension().supportsParameter(parameter, context);
		}

		static SecretsServer get(ExtensionContext context) {
			return SpringExtension.getApplicationContext(context)
				.getBean(EmbeddedSecretsContextCustomizer.NAME, SecretsServer.class);
		}

		static void tellApplication(SecretsServer server, ExtensionContext context) {
			ApplicationContext application = SpringExtension.getApplicationContext(context);
			if (server.endpoint().toString().equals(application.getEnvironment().getProperty("aws.secrets.endpoint"))) {
				server.addVersionListener(new ContextVersionListener(application));
			}
		}

	}

}
