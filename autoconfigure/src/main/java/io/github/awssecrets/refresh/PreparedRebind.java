package io.github.awssecrets.refresh;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * What a promotion will change in the beans of configuration properties, bound and
 * validated already.
 *
 * @param changed the names of the properties that the promotion changes
 * @param updates the beans that get new values through their setters
 * @param otherBeans the names of the beans that have to be bound again as Spring Cloud
 * does
 */
record PreparedRebind(Set<ConfigurationPropertyName> changed, List<BeanUpdate> updates, List<String> otherBeans) {

	/**
	 * Return what changed besides.
	 * @param keys the names of changed properties, as their sources write them
	 * @return the names of those that the promotion did not change
	 */
	Set<ConfigurationPropertyName> others(Set<String> keys) {
		Set<ConfigurationPropertyName> others = new LinkedHashSet<>();
		for (String key : keys) {
			ConfigurationPropertyName name = ConfigurationPropertyName.adapt(key, '.');
			if (!this.changed.contains(name) && !this.changed.contains(ConfigurationPropertyName.adapt(key, '_'))) {
				others.add(name);
			}
		}
		return others;
	}

	boolean includes(String bean) {
		return this.otherBeans.contains(bean) || this.updates.stream().anyMatch((update) -> update.name().equals(bean));
	}

}
