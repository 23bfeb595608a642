package io.github.awssecrets.sample.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import com.zaxxer.hikari.HikariDataSource;
import io.github.awssecrets.sample.demo.DemoRotations;
import io.github.awssecrets.sample.orders.DatabaseProblem;
import io.github.awssecrets.sample.orders.OrderRepository;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/**
 * Threads that send queries through the pool while the application runs. They know
 * nothing of secrets. It runs only where the sample brings its own database: that of
 * others is none of its business.
 */
@Component
public class QueryLoad implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(QueryLoad.class);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

	private final OrderRepository orders;

	private final HikariDataSource pool;

	private final LoadProperties properties;

	private final QueryLog log;

	private final ApplicationEventPublisher events;

	private final boolean wanted;

	private final AtomicBoolean failing = new AtomicBoolean();

	private volatile @Nullable Load load;

	QueryLoad(OrderRepository orders, HikariDataSource pool, LoadProperties properties, QueryLog log,
			ApplicationEventPublisher events, ObjectProvider<DemoRotations> embedded) {
		this.orders = orders;
		this.pool = pool;
		this.properties = properties;
		this.log = log;
		this.events = events;
		this.wanted = properties.enabled() && embedded.getIfAvailable() != null;
	}

	@Override
	public boolean isAutoStartup() {
		return this.wanted;
	}

	@Override
	public void start() {
		ThreadPoolTaskScheduler threads = new ThreadPoolTaskScheduler();
		threads.setPoolSize(this.properties.threads() + 1);
		threads.setThreadNamePrefix("load-");
		threads.setAwaitTerminationMillis(STOP_TIMEOUT.toMillis());
		// Without it, a query under way would fail
		threads.setWaitForTasksToCompleteOnShutdown(true);
		threads.initialize();
		Instant now = Instant.now();
		Duration pause = this.properties.pause();
		List<ScheduledFuture<?>> tasks = new ArrayList<>();
		for (int i = 0; i < this.properties.threads(); i++) {
			Instant first = now.plus(pause.multipliedBy(i).dividedBy(this.properties.threads()));
			tasks.add(threads.scheduleWithFixedDelay(this::query, first, pause));
		}
		tasks.add(threads.scheduleWithFixedDelay(this::churn, this.properties.churn()));
		this.load = new Load(threads, tasks);
	}

	private void query() {
		long start = System.nanoTime();
		try {
			int process = this.orders.session().process();
			this.log.served(Instant.now(), since(start), process);
			if (this.failing.compareAndSet(true, false)) {
				this.events.publishEvent(new LoadRecoveredEvent());
			}
		}
		catch (DataAccessException ex) {
			this.log.failed(Instant.now(), since(start));
			if (this.failing.compareAndSet(false, true)) {
				String problem = DatabaseProblem.describe(ex);
				logger.warn("A query of the load failed: " + problem);
				this.events.publishEvent(new LoadFailedEvent(problem));
			}
		}
	}

	private static Duration since(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private void churn() {
		this.pool.getHikariPoolMXBean().softEvictConnections();
	}

	@Override
	public void stop() {
		Load load = this.load;
		if (load != null) {
			load.tasks().forEach((task) -> task.cancel(false));
			load.threads().shutdown();
			this.load = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.load != null;
	}

	private record Load(ThreadPoolTaskScheduler threads, List<ScheduledFuture<?>> tasks) {
	}

}
