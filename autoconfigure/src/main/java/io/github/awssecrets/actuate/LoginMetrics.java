package io.github.awssecrets.actuate;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.awssecrets.jdbc.LoginRetryListener;
import io.github.awssecrets.jdbc.LoginRetryOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The metrics of logins for which a database refused the credentials of the application.
 */
public final class LoginMetrics implements MeterBinder, LoginRetryListener {

	private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registries.add(registry);
	}

	@Override
	public void retried(String dataSource, LoginRetryOutcome outcome) {
		this.registries.forEach((registry) -> Counter.builder("aws.secrets.jdbc.retries")
			.tag("name", dataSource)
			.tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
			.description("Logins for which other versions of a secret were tried")
			.register(registry)
			.increment());
	}

}
