package io.github.awssecrets.embedded.junit;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * Gives the Spring context of a test with {@link EmbeddedSecrets @EmbeddedSecrets} a
 * server. The annotation may be on the test class, one that it extends or is nested in,
 * or on another annotation.
 */
class EmbeddedSecretsContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		EmbeddedSecrets secrets = TestContextAnnotationUtils.findMergedAnnotation(testClass, EmbeddedSecrets.class);
		return (secrets != null) ? new EmbeddedSecretsContextCustomizer(List.of(secrets.value()), secrets.region())
				: null;
	}

}
