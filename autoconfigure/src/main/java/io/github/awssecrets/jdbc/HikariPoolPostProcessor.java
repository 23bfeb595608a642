package io.github.awssecrets.jdbc;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import com.zaxxer.hikari.util.DriverDataSource;
import com.zaxxer.hikari.util.PropertyElf;
import com.zaxxer.hikari.util.UtilityElf;
import io.github.awssecrets.credentials.SecretCredentials;
import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.refresh.SecretsWatcher;
import io.github.awssecrets.refresh.WatchClock;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.StringUtils;

/**
 * Has each HikariCP pool whose credentials come from secrets follow their rotations: puts
 * a {@link RotatingDataSource} between the pool and its driver, before the pool starts.
 * The pool itself stays the same for as long as the application runs.
 */
public final class HikariPoolPostProcessor implements BeanPostProcessor {

	private static final Log logger = LogFactory.getLog(HikariPoolPostProcessor.class);

	private final ConfigurableApplicationContext context;

	private final ObjectProvider<HikariPools> pools;

	private final ObjectProvider<LoginFailureClassifier> classifiers;

	private final ObjectProvider<LoginRetryListener> listeners;

	private final ObjectProvider<SecretsWatcher> watcher;

	private final UnfollowedDataSources unfollowed = new UnfollowedDataSources();

	/**
	 * Create a post-processor.
	 * @param context the context, whose Environment has the secrets
	 * @param pools is told of the pools
	 * @param classifiers the application's own
	 * @param listeners the application's own, looked up when they are to be told
	 * @param watcher has to follow when AWS is ahead of the application
	 */
	public HikariPoolPostProcessor(ConfigurableApplicationContext context, ObjectProvider<HikariPools> pools,
			ObjectProvider<LoginFailureClassifier> classifiers, ObjectProvider<LoginRetryListener> listeners,
			ObjectProvider<SecretsWatcher> watcher) {
		this.context = context;
		this.pools = pools;
		this.classifiers = classifiers;
		this.listeners = listeners;
		this.watcher = watcher;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		SecretsEnvironment secrets = SecretsEnvironment.find(this.context.getEnvironment());
		if (bean instanceof HikariDataSource pool && secrets != null && secrets.settings().enabled()) {
			process(beanName, pool, secrets);
		}
		return bean;
	}

	private void process(String beanName, HikariDataSource pool, SecretsEnvironment secrets) {
		DataSourceSecrets finder = new DataSourceSecrets(secrets, this.context, this.unfollowed);
		Credentials inUse = pool.getCredentials();
		SecretCredentials credentials = finder.find(beanName, pool, inUse.getUsername(), inUse.getPassword());
		if (credentials == null && !isConcerned(beanName, pool, finder)) {
			return;
		}
		String obstacle = obstacle(beanName, pool, finder.named(beanName) != null);
		if (obstacle != null) {
			this.unfollowed.name(beanName, obstacle);
		}
		else if (credentials != null) {
			follow(beanName, pool, secrets, credentials);
		}
	}

	private static boolean isConcerned(String beanName, HikariDataSource pool, DataSourceSecrets finder) {
		return (pool.getCredentialsProvider() != null && finder.areIn(beanName, pool, "username", "password"))
				|| (UrlCredentials.isIn(pool.getJdbcUrl()) && finder.areIn(beanName, pool, "url", "jdbc-url"));
	}

	/**
	 * Return why a pool cannot follow rotations, and what to do about it.
	 */
	private static @Nullable String obstacle(String beanName, HikariDataSource pool, boolean named) {
		if (beanName.startsWith("scopedTarget.")) {
			return "it is in @RefreshScope, where a refresh closes the pool with all its connections. "
					+ "Take it out of that scope.";
		}
		if (pool.isRunning()) {
			return "its pool was started before. Create it with DataSourceBuilder or new HikariDataSource(), "
					+ "which start it when it is first used.";
		}
		if (pool.getCredentialsProvider() != null) {
			return "it has a HikariCredentialsProvider of its own. Remove that.";
		}
		if (UrlCredentials.isIn(pool.getJdbcUrl())) {
			return "there are credentials in its URL. Move them to the properties username and password.";
		}
		if (!named && !StringUtils.hasLength(pool.getCredentials().getUsername())) {
			return "it has no user name. Set its property username.";
		}
		return (pool.getDataSourceJNDI() != null) ? "it takes its connections from JNDI. Set its URL instead." : null;
	}

	private void follow(String beanName, HikariDataSource pool, SecretsEnvironment secrets,
			SecretCredentials credentials) {
		LoginFailures failures = LoginFailures.of(pool.getJdbcUrl(), this.classifiers.orderedStream().toList());
		LoginLog log = new LoginLog(beanName, () -> this.watcher.ifAvailable(SecretsWatcher::pollSoon),
				this.listeners::orderedStream);
		LoginAttempts attempts = new LoginAttempts(beanName, credentials, failures, secrets.settings().jdbc().pending(),
				WatchClock.system(), log);
		DataSource own = pool.getDataSource();
		pool.setDataSource(new RotatingDataSource(() -> (own != null) ? own : driver(pool), attempts));
		this.pools.ifAvailable((all) -> all.add(pool, credentials));
		logger.debug("DataSource '%s' follows rotations of its secret".formatted(beanName));
	}

	/**
	 * Return what the pool would have made for itself (HikariCP 7.0, {@code PoolBase}).
	 */
	private static DataSource driver(HikariDataSource pool) {
		if (pool.getDataSourceClassName() != null) {
			DataSource driver = UtilityElf.createInstance(pool.getDataSourceClassName(), DataSource.class);
			PropertyElf.setTargetFromProperties(driver, pool.getDataSourceProperties());
			return driver;
		}
		return new DriverDataSource(pool.getJdbcUrl(), pool.getDriverClassName(), pool.getDataSourceProperties(), null,
				null);
	}

}
