package io.github.awssecrets.refresh;

import java.beans.PropertyDescriptor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.util.ReflectionUtils;

/**
 * A property of a bean and the value that it will get. Never shows the value.
 */
final class PropertyUpdate {

	private final Method setter;

	private final @Nullable Object value;

	private PropertyUpdate(Method setter, @Nullable Object value) {
		this.setter = setter;
		this.value = value;
	}

	/**
	 * Return the update that gives a bean's property the value that another instance has.
	 * @param property the property
	 * @param fresh the other instance
	 * @return the update, or {@code null} if the property cannot be set, or the other's
	 * cannot be read
	 */
	static @Nullable PropertyUpdate of(PropertyDescriptor property, Object fresh) {
		Method setter = property.getWriteMethod();
		if (setter == null) {
			return null;
		}
		Method getter = property.getReadMethod();
		if (getter != null) {
			ReflectionUtils.makeAccessible(getter);
			return new PropertyUpdate(setter, ReflectionUtils.invokeMethod(getter, fresh));
		}
		Field field = ReflectionUtils.findField(fresh.getClass(), property.getName());
		if (field == null) {
			return null;
		}
		ReflectionUtils.makeAccessible(field);
		return new PropertyUpdate(setter, ReflectionUtils.getField(field, fresh));
	}

	/**
	 * Return the element of configuration property names that Boot binds to a property.
	 * @param type the type of the bean
	 * @param property one of its properties
	 * @return the element in uniform form: lower case, without dashes
	 */
	static String elementOf(Class<?> type, PropertyDescriptor property) {
		Field field = ReflectionUtils.findField(type, property.getName());
		Name name = (field != null) ? field.getAnnotation(Name.class) : null;
		String dashed = DataObjectPropertyName.toDashedForm((name != null) ? name.value() : property.getName());
		return ConfigurationPropertyName.adapt(dashed, '.').getElement(0, ConfigurationPropertyName.Form.UNIFORM);
	}

	void apply(Object bean) {
		ReflectionUtils.makeAccessible(this.setter);
		ReflectionUtils.invokeMethod(this.setter, bean, this.value);
	}

	@Override
	public String toString() {
		return this.setter.getName();
	}

}
