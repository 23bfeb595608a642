package io.github.awssecrets.refresh;

import java.beans.PropertyDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.util.ReflectionUtils;

/**
 * What changes in a bean of configuration properties: values that were bound and
 * validated in a fresh instance, and are set through its setters, one by one. Nothing is
 * reset, and collections and nested objects are replaced whole, so that no reader sees
 * less than a value.
 *
 * @param name the name of the bean
 * @param bean the bean, without proxies
 * @param fresh the instance with the new values
 * @param prefix the prefix of the bean
 * @param updates the properties to set
 */
record BeanUpdate(String name, Object bean, Object fresh, ConfigurationPropertyName prefix,
		List<PropertyUpdate> updates) {

	/**
	 * Return what changes in a bean.
	 * @param name the name of the bean
	 * @param bean the bean, without proxies
	 * @param fresh the instance with the new values
	 * @param prefix the prefix of the bean
	 * @param changed the names of the changed properties, of other beans too
	 * @return the update, or {@code null} if one of these properties cannot be set
	 */
	static @Nullable BeanUpdate of(String name, Object bean, Object fresh, ConfigurationPropertyName prefix,
			Set<ConfigurationPropertyName> changed) {
		Set<String> elements = elements(prefix, changed);
		List<PropertyUpdate> updates = new ArrayList<>();
		Set<String> unknown = new LinkedHashSet<>(elements);
		for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(fresh.getClass())) {
			String element = PropertyUpdate.elementOf(fresh.getClass(), property);
			if (elements.contains(element) && !property.getName().equals("class")) {
				PropertyUpdate update = PropertyUpdate.of(property, fresh);
				if (update == null) {
					return null;
				}
				updates.add(update);
				unknown.remove(element);
			}
		}
		boolean settable = unknown.stream().noneMatch((element) -> hasHiddenSetter(fresh.getClass(), element));
		return settable ? new BeanUpdate(name, bean, fresh, prefix, updates) : null;
	}

	/**
	 * Return this update and that of properties that changed in the same refresh.
	 * @param changed the names of the properties that changed, of other beans too
	 * @return the update, or {@code null} if one of these properties cannot be set
	 */
	@Nullable BeanUpdate and(Set<ConfigurationPropertyName> changed) {
		BeanUpdate others = of(this.name, this.bean, this.fresh, this.prefix, changed);
		if (others == null) {
			return null;
		}
		List<PropertyUpdate> all = new ArrayList<>(this.updates);
		all.addAll(others.updates());
		return new BeanUpdate(this.name, this.bean, this.fresh, this.prefix, all);
	}

	/**
	 * Return the elements after a prefix of the names that start with it.
	 * @param prefix the prefix
	 * @param names the names
	 * @return the elements in uniform form
	 */
	static Set<String> elements(ConfigurationPropertyName prefix, Set<ConfigurationPropertyName> names) {
		Set<String> elements = new LinkedHashSet<>();
		for (ConfigurationPropertyName name : names) {
			if (prefix.isAncestorOf(name)) {
				elements.add(name.getElement(prefix.getNumberOfElements(), ConfigurationPropertyName.Form.UNIFORM));
			}
		}
		return elements;
	}

	/**
	 * Return whether there is a setter that is not public. Boot's Binder calls it. What
	 * has no setter at all is not bound to this bean.
	 */
	private static boolean hasHiddenSetter(Class<?> type, String element) {
		return Stream.of(ReflectionUtils.getAllDeclaredMethods(type))
			.anyMatch(
					(method) -> method.getParameterCount() == 1 && method.getName().equalsIgnoreCase("set" + element));
	}

	void apply() {
		this.updates.forEach((update) -> update.apply(this.bean));
	}

	@Override
	public String toString() {
		return this.name + this.updates;
	}

}
