package io.github.awssecrets.refresh;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindingPostProcessor;
import org.springframework.boot.context.properties.bind.BindMethod;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration.RefreshProperties;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.properties.ConfigurationPropertiesBeans;
import org.springframework.cloud.context.properties.ConfigurationPropertiesRebinder;
import org.springframework.cloud.util.ProxyUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.Assert;

/**
 * Binds beans of configuration properties anew, and those that follow a rotation without
 * a moment in which a reader misses a value. Spring Cloud's own way is to reset every
 * bean to its defaults, and then to bind it; it is kept for all that has nothing to do
 * with secrets.
 * <p>
 * A rotation is prepared before anyone can read it: fresh instances are bound and
 * validated. It is applied when the change of the Environment is announced. Both happen
 * while a refresh is under way, of which there is one at a time.
 */
public class SecretsConfigurationPropertiesRebinder extends ConfigurationPropertiesRebinder {

	private static final Log logger = LogFactory.getLog(SecretsConfigurationPropertiesRebinder.class);

	private static final String HIKARI = "com.zaxxer.hikari.HikariDataSource";

	private final ConfigurationPropertiesBeans beans;

	private final Set<String> named = ConcurrentHashMap.newKeySet();

	private @Nullable ConfigurableApplicationContext context;

	private volatile @Nullable PreparedRebind prepared;

	/**
	 * Create a rebinder.
	 * @param beans the beans of configuration properties
	 * @param properties the settings of Spring Cloud's own way
	 */
	public SecretsConfigurationPropertiesRebinder(ConfigurationPropertiesBeans beans, RefreshProperties properties) {
		super(beans, properties);
		this.beans = beans;
	}

	@Override
	public void setApplicationContext(ApplicationContext applicationContext) throws BeansException {
		super.setApplicationContext(applicationContext);
		this.context = (ConfigurableApplicationContext) applicationContext;
	}

	/**
	 * Bind and validate what depends on changed properties, with the values that this
	 * thread reads.
	 * @param changed the names of the changed properties
	 * @throws RuntimeException if one of the beans cannot be bound or is not valid; then
	 * nothing is prepared
	 */
	void prepare(Set<ConfigurationPropertyName> changed) {
		this.prepared = null;
		List<BeanUpdate> updates = new ArrayList<>();
		List<String> others = new ArrayList<>();
		for (String name : this.beans.getBeanNames()) {
			Object bean = findBean(name);
			ConfigurationPropertiesBean properties = (bean != null)
					? ConfigurationPropertiesBean.get(context(), bean, name) : null;
			if (bean != null && properties != null && !BeanUpdate.elements(prefix(properties), changed).isEmpty()
					&& !isNeverRefreshable(name, bean)) {
				BeanUpdate update = update(name, bean, properties, changed);
				if (update != null) {
					updates.add(update);
				}
				else {
					others.add(name);
				}
			}
		}
		this.prepared = new PreparedRebind(Set.copyOf(changed), List.copyOf(updates), List.copyOf(others));
	}

	/**
	 * Forget what was prepared.
	 */
	void discard() {
		this.prepared = null;
	}

	private @Nullable Object findBean(String name) {
		return context().containsLocalBean(name) ? ProxyUtils.getTargetObject(context().getBean(name)) : null;
	}

	/**
	 * Return what is never bound again: pools of connections, too, where the setting
	 * leaves them out. To bind one again is to close it first.
	 */
	@Override
	public Set<String> getNeverRefreshable() {
		Set<String> never = new LinkedHashSet<>(super.getNeverRefreshable());
		never.add(HIKARI);
		return never;
	}

	private boolean isNeverRefreshable(String name, Object bean) {
		Set<String> never = getNeverRefreshable();
		return never.contains(name) || never.contains(AopUtils.getTargetClass(bean).getName());
	}

	private static ConfigurationPropertyName prefix(ConfigurationPropertiesBean bean) {
		return ConfigurationPropertyName.of(bean.getAnnotation().prefix());
	}

	private @Nullable BeanUpdate update(String name, Object bean, ConfigurationPropertiesBean properties,
			Set<ConfigurationPropertyName> changed) {
		Object fresh = (properties.asBindTarget().getBindMethod() != BindMethod.VALUE_OBJECT)
				? freshInstance(name, bean) : null;
		BeanUpdate update = (fresh != null) ? BeanUpdate.of(name, bean, fresh, prefix(properties), changed) : null;
		if (update == null && this.named.add(name)) {
			logger
				.warn(("Bean '%s' cannot follow a rotation in place: %s has no public setters for the properties that "
						+ "changed. It is bound again as Spring Cloud does, which does not change records and lets readers "
						+ "see defaults for a moment. Give it setters, or put it into @RefreshScope, which no record can be "
						+ "in, but a class with a constructor can.")
					.formatted(name, bean.getClass().getName()));
		}
		return update;
	}

	private @Nullable Object freshInstance(String name, Object bean) {
		Object fresh;
		try {
			fresh = context().getAutowireCapableBeanFactory()
				.autowire(AopUtils.getTargetClass(bean), AutowireCapableBeanFactory.AUTOWIRE_CONSTRUCTOR, false);
		}
		catch (BeansException ex) {
			logger.debug("No second instance of bean '%s' can be made".formatted(name));
			return null;
		}
		return context().getBean(ConfigurationPropertiesBindingPostProcessor.class)
			.postProcessBeforeInitialization(fresh, name);
	}

	@Override
	public void onApplicationEvent(EnvironmentChangeEvent event) {
		PreparedRebind rebind = this.prepared;
		if (rebind == null || !context().equals(event.getSource())) {
			super.onApplicationEvent(event);
			return;
		}
		this.prepared = null;
		getErrors().clear();
		Set<ConfigurationPropertyName> others = rebind.others(event.getKeys());
		rebind.updates().forEach((update) -> apply(update, others));
		rebind.otherBeans().forEach(this::rebind);
		if (!others.isEmpty()) {
			this.beans.getBeanNames().stream().filter((name) -> !rebind.includes(name)).forEach(this::rebind);
		}
	}

	private void apply(BeanUpdate prepared, Set<ConfigurationPropertyName> others) {
		BeanUpdate update = prepared.and(others);
		if (update == null) {
			rebind(prepared.name());
			return;
		}
		LifecycleCallbacks callbacks = new LifecycleCallbacks((DefaultListableBeanFactory) context().getBeanFactory());
		try {
			callbacks.destroy(update.bean(), update.name());
			update.apply();
			callbacks.initialize(update.bean(), update.name());
		}
		catch (RuntimeException ex) {
			getErrors().put(update.name(), ex);
			throw ex;
		}
	}

	private ConfigurableApplicationContext context() {
		ConfigurableApplicationContext result = this.context;
		Assert.state(result != null, "No application context");
		return result;
	}

}
