package io.github.awssecrets.jdbc;

import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Finds out which properties a data source was made from: those it is bound to itself,
 * and those of the {@link DataSourceProperties} and {@link JdbcConnectionDetails} that
 * its bean method, or the configuration class of that, was given.
 */
final class DataSourcePrefixes {

	private final ConfigurableApplicationContext context;

	private final ConfigurableListableBeanFactory beans;

	DataSourcePrefixes(ConfigurableApplicationContext context) {
		this.context = context;
		this.beans = context.getBeanFactory();
	}

	/**
	 * Return the prefixes of the properties.
	 * @param beanName the name of the data source
	 * @param dataSource the data source
	 * @return the prefixes, those that win first
	 */
	Set<ConfigurationPropertyName> of(String beanName, Object dataSource) {
		Set<ConfigurationPropertyName> prefixes = new LinkedHashSet<>();
		add(beanName, dataSource, prefixes);
		for (String used : ingredients(beanName)) {
			Object bean = this.beans.getSingleton(used);
			if (bean instanceof DataSourceProperties) {
				add(used, bean, prefixes);
			}
			else if (bean instanceof JdbcConnectionDetails) {
				for (String source : this.beans.getDependenciesForBean(used)) {
					Object properties = this.beans.getSingleton(source);
					if (properties instanceof DataSourceProperties) {
						add(source, properties, prefixes);
					}
				}
			}
		}
		return prefixes;
	}

	/**
	 * Return the details that a data source was made from, if the starter made them.
	 * @param beanName the name of the data source
	 * @return the details, or {@code null}
	 */
	@Nullable SecretJdbcConnectionDetails details(String beanName) {
		for (String used : ingredients(beanName)) {
			if (this.beans.getSingleton(used) instanceof SecretJdbcConnectionDetails details) {
				return details;
			}
		}
		return null;
	}

	private Set<String> ingredients(String beanName) {
		Set<String> ingredients = new LinkedHashSet<>(Set.of(this.beans.getDependenciesForBean(beanName)));
		try {
			String factory = this.beans.getMergedBeanDefinition(beanName).getFactoryBeanName();
			if (factory != null) {
				ingredients.addAll(Set.of(this.beans.getDependenciesForBean(factory)));
			}
		}
		catch (NoSuchBeanDefinitionException ex) {
			// Registered as an object
		}
		return ingredients;
	}

	private void add(String beanName, Object bean, Set<ConfigurationPropertyName> prefixes) {
		ConfigurationPropertiesBean properties = ConfigurationPropertiesBean.get(this.context, bean, beanName);
		if (properties != null) {
			prefixes.add(ConfigurationPropertyName.of(properties.getAnnotation().prefix()));
		}
	}

}
