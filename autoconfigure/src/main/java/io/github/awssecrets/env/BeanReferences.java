package io.github.awssecrets.env;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

import io.github.awssecrets.reference.ResolvedReference;
import io.github.awssecrets.reference.SecretSelector;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanDefinitionVisitor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Finds the secrets of references in annotations and definitions of beans, without
 * creating a bean. Of what a factory method returns, only the declared type is known.
 */
final class BeanReferences {

	private static final Log logger = LogFactory.getLog(BeanReferences.class);

	private final ValueAnnotationResolver resolver;

	private final Set<SecretSelector> secrets = new LinkedHashSet<>();

	private final Set<Class<?>> seen = new HashSet<>();

	private BeanReferences(ValueAnnotationResolver resolver) {
		this.resolver = resolver;
	}

	/**
	 * Find the secrets.
	 * @param beanFactory the bean factory, with all definitions
	 * @param secrets the secrets of the application
	 * @return the secrets
	 * @throws UnresolvedReferenceException if there is something wrong with a reference
	 */
	static Set<SecretSelector> find(ConfigurableListableBeanFactory beanFactory, SecretsEnvironment secrets) {
		BeanReferences references = new BeanReferences(new ValueAnnotationResolver(secrets));
		BeanDefinitionVisitor visitor = new BeanDefinitionVisitor(references::add);
		for (String name : beanFactory.getBeanDefinitionNames()) {
			visitor.visitBeanDefinition(beanFactory.getBeanDefinition(name));
			Class<?> type = beanFactory.getType(name, false);
			if (type != null) {
				references.add(ClassUtils.getUserClass(type));
			}
		}
		return references.secrets;
	}

	private void add(Class<?> type) {
		if (!this.seen.add(type)) {
			return;
		}
		try {
			ReflectionUtils.doWithFields(type, this::add);
			ReflectionUtils.doWithMethods(type, this::addExecutable);
			for (Executable constructor : type.getDeclaredConstructors()) {
				addExecutable(constructor);
			}
		}
		catch (IllegalStateException | LinkageError ex) {
			logger.debug("%s cannot be searched for references: %s".formatted(type, ex.getClass().getName()));
		}
	}

	private void addExecutable(Executable executable) {
		add(executable);
		for (AnnotatedElement parameter : executable.getParameters()) {
			add(parameter);
		}
	}

	private void add(AnnotatedElement element) {
		Value annotation = AnnotatedElementUtils.findMergedAnnotation(element, Value.class);
		if (annotation != null) {
			add(annotation.value());
		}
	}

	private String add(String text) {
		ResolvedText resolved = this.resolver.resolve(text);
		if (resolved != null) {
			resolved.targets().forEach((target) -> {
				if (target.problem() != null) {
					throw new UnresolvedReferenceException(target.problem());
				}
			});
			UsedSecrets.references(resolved).stream().map(ResolvedReference::selector).forEach(this.secrets::add);
		}
		return text;
	}

}
