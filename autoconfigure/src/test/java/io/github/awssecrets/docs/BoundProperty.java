package io.github.awssecrets.docs;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.ClassUtils;

/**
 * A property that a record of settings is bound from.
 *
 * @param name the full name
 * @param type the type, with type arguments
 * @param defaultValue the elements of the default, or {@code null} if there is none
 */
record BoundProperty(String name, String type, @Nullable List<String> defaultValue) {

	/**
	 * Return the properties of a record of settings, those of the records in it included.
	 * @param settings the record, which has a prefix
	 * @return the properties by name
	 */
	static Map<String, BoundProperty> of(Class<?> settings) {
		Map<String, BoundProperty> properties = new TreeMap<>();
		add(settings.getAnnotation(ConfigurationProperties.class).value(), settings, properties);
		return properties;
	}

	private static void add(String prefix, Class<?> settings, Map<String, BoundProperty> properties) {
		if (!settings.isRecord()) {
			throw new IllegalArgumentException("Not a record: " + settings.getName());
		}
		List<Class<?>> parameters = new ArrayList<>();
		for (RecordComponent component : settings.getRecordComponents()) {
			parameters.add(component.getType());
		}
		try {
			var constructor = settings.getDeclaredConstructor(parameters.toArray(Class<?>[]::new));
			for (int i = 0; i < parameters.size(); i++) {
				String name = prefix + "."
						+ DataObjectPropertyName.toDashedForm(settings.getRecordComponents()[i].getName());
				if (parameters.get(i).isRecord()) {
					add(name, parameters.get(i), properties);
				}
				else {
					DefaultValue value = constructor.getParameters()[i].getAnnotation(DefaultValue.class);
					properties.put(name, new BoundProperty(name, type(constructor.getGenericParameterTypes()[i]),
							(value != null) ? List.of(value.value()) : null));
				}
			}
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String type(Type type) {
		return (type instanceof Class<?> raw) ? ClassUtils.resolvePrimitiveIfNecessary(raw).getName()
				: type.getTypeName().replace(", ", ",");
	}

	boolean isBoolean() {
		return this.type.equals(Boolean.class.getName());
	}

}
