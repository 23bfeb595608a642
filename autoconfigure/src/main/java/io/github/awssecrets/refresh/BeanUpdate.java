package io.github.awssecrets.refresh;

import java.beans.PropertyDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.util.ReflectionUtils;

/**
 * What changes in a bean of configuration properties: values that were bound and
 * validated in a fresh instance, and are set through its setters, one by one. Nothing is
 * reset, and collections and nested objects are replaced whole, so that no reader sees
 * less than a value.
 *
 * @param name the name of the bean
 * @param bean the bean, without proxies
 * @param updates the properties to set
 */
record BeanUpdate(String name, Object bean, List<PropertyUpdate> updates) {

	/**
	 * Return what changes in a bean.
	 * @param name the name of the bean
	 * @param bean the bean, without proxies
	 * @param fresh the instance with the new values
	 * @param elements the elements, in uniform form, of the names of the changed
	 * properties after the bean's prefix
	 * @return the update, or {@code null} if one of these properties cannot be set
	 */
	static @Nullable BeanUpdate of(String name, Object bean, Object fresh, Set<String> elements) {
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
		return settable ? new BeanUpdate(name, bean, updates) : null;
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
