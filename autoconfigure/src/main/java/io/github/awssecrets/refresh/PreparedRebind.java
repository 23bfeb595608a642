package io.github.awssecrets.refresh;

import java.util.List;
import java.util.Set;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * What a promotion will change in the beans of configuration properties, bound and
 * validated already.
 *
 * @param changed the names of the properties that the promotion changes
 * @param updates the beans that get new values through their setters
 * @param others the names of the beans that have to be bound again as Spring Cloud does
 */
record PreparedRebind(Set<ConfigurationPropertyName> changed, List<BeanUpdate> updates, List<String> others) {

	/**
	 * Return whether this is all that changed.
	 * @param keys the names of changed properties, as their sources write them
	 * @return whether this explains them all
	 */
	boolean explains(Set<String> keys) {
		return keys.stream().allMatch(this::isChanged);
	}

	private boolean isChanged(String key) {
		return this.changed.contains(ConfigurationPropertyName.adapt(key, '.'))
				|| this.changed.contains(ConfigurationPropertyName.adapt(key, '_'));
	}

	boolean includes(String bean) {
		return this.others.contains(bean) || this.updates.stream().anyMatch((update) -> update.name().equals(bean));
	}

}
