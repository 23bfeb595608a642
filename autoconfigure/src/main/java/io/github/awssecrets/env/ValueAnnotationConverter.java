package io.github.awssecrets.env;

import java.lang.reflect.Member;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.TypeMismatchException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.BeanExpressionResolver;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.context.annotation.ContextAnnotationAutowireCandidateResolver;
import org.springframework.core.MethodParameter;

/**
 * Converts values of secrets to the type of a {@code @Value} where that is not a text.
 * Spring would do the same, but show the value in the message of a failure.
 */
final class ValueAnnotationConverter extends ContextAnnotationAutowireCandidateResolver {

	private final ValueAnnotationResolver resolver;

	ValueAnnotationConverter(ValueAnnotationResolver resolver) {
		this.resolver = resolver;
	}

	@Override
	public @Nullable Object getSuggestedValue(DependencyDescriptor descriptor) {
		Object suggested = super.getSuggestedValue(descriptor);
		Class<?> type = descriptor.getDependencyType();
		BeanFactory beanFactory = getBeanFactory();
		if (suggested instanceof String text && !type.isAssignableFrom(String.class)
				&& beanFactory instanceof ConfigurableBeanFactory configurable
				&& this.resolver.describeSecrets(text) != null) {
			Object converted = convert(text, descriptor, configurable);
			// For Spring, null would mean that there is no annotation
			return (converted != null) ? converted : suggested;
		}
		return suggested;
	}

	private @Nullable Object convert(String text, DependencyDescriptor descriptor,
			ConfigurableBeanFactory beanFactory) {
		String resolved = beanFactory.resolveEmbeddedValue(text);
		BeanExpressionResolver expressions = beanFactory.getBeanExpressionResolver();
		Object value = (expressions != null)
				? expressions.evaluate(resolved, new BeanExpressionContext(beanFactory, null)) : resolved;
		Class<?> type = descriptor.getDependencyType();
		try {
			return beanFactory.getTypeConverter().convertIfNecessary(value, type, descriptor.getTypeDescriptor());
		}
		catch (TypeMismatchException ex) {
			throw new SecretConversionException(describe(text, descriptor), type);
		}
	}

	private String describe(String text, DependencyDescriptor descriptor) {
		Member member = Objects.requireNonNull(descriptor.getMember());
		MethodParameter parameter = descriptor.getMethodParameter();
		String place = "field '%s'".formatted(member.getName());
		if (parameter != null) {
			place = "parameter %d of %s".formatted(parameter.getParameterIndex() + 1,
					(parameter.getMethod() != null) ? "method '%s'".formatted(member.getName()) : "the constructor");
		}
		return "@Value of %s of %s (%s)".formatted(place, member.getDeclaringClass().getName(),
				this.resolver.describeSecrets(text));
	}

}
