package io.github.awssecrets.sample.demo;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;

import io.github.awssecrets.embedded.SecretsServer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationContextInitializedEvent;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * The servers that the sample brings along: a PostgreSQL, and a Secrets Manager that
 * holds its credentials. They start as soon as profiles and properties are known, which
 * is before any reference is resolved, and stop after the application's last bean, when
 * the application fails to start, or when the process is asked to end.
 * <p>
 * With the profile {@code aws}, or with {@code aws.secrets.endpoint} set, nothing is
 * started: the secrets there say where the database is.
 */
public final class EmbeddedServers implements ApplicationListener<SpringApplicationEvent> {

	private static final Log logger = LogFactory.getLog(EmbeddedServers.class);

	private static final String REGION = "eu-west-1";

	private final Supplier<String> values;

	private @Nullable EmbeddedDatabase database;

	private @Nullable SecretsServer secrets;

	private @Nullable DemoRotations rotations;

	/** Create servers whose secrets are random. */
	public EmbeddedServers() {
		this(EmbeddedServers::randomValue);
	}

	/**
	 * Create servers whose secrets have given values.
	 * @param values gives a new password or key each time
	 */
	public EmbeddedServers(Supplier<String> values) {
		this.values = values;
	}

	@Override
	public void onApplicationEvent(SpringApplicationEvent event) {
		if (event instanceof ApplicationEnvironmentPreparedEvent prepared) {
			prepare(prepared.getEnvironment());
		}
		else if (event instanceof ApplicationContextInitializedEvent initialized
				&& initialized.getApplicationContext().getBeanFactory() instanceof DefaultSingletonBeanRegistry beans) {
			// The first that is registered is the last that is destroyed
			beans.registerDisposableBean("embeddedServers", this::stop);
			register(beans);
		}
		else if (event instanceof ApplicationFailedEvent) {
			stop();
		}
	}

	private synchronized void register(DefaultSingletonBeanRegistry beans) {
		if (this.rotations != null) {
			beans.registerSingleton("demoRotations", this.rotations);
		}
	}

	private synchronized void prepare(ConfigurableEnvironment environment) {
		String stage = environment.getProperty("app.env", "dev");
		String elsewhere = elsewhere(environment);
		if (elsewhere != null) {
			logger.info("Secrets come from " + elsewhere + ", which must hold " + DemoSecrets.expected(stage));
			return;
		}
		// Waits for this method, and runs after the beans of the application if there are
		// any
		SpringApplication.getShutdownHandlers().add(this::stop);
		environment.getPropertySources().addFirst(new MapPropertySource("embeddedServers", start(stage)));
		if (this.rotations != null && environment.matchesProfiles("https")) {
			this.rotations.addCertificate();
		}
	}

	private @Nullable String elsewhere(ConfigurableEnvironment environment) {
		String endpoint = environment.getProperty("aws.secrets.endpoint");
		if (StringUtils.hasText(endpoint)) {
			return endpoint;
		}
		return environment.matchesProfiles("aws") ? "AWS Secrets Manager" : null;
	}

	private Map<String, Object> start(String stage) {
		EmbeddedDatabase database = EmbeddedDatabase.start(this.values);
		this.database = database;
		logger.info("PostgreSQL at " + EmbeddedDatabase.HOST + ":" + database.port());
		SecretsServer server = SecretsServer.builder().region(REGION).start();
		this.secrets = server;
		Map<String, String> contents = DemoSecrets.of(stage, database, this.values);
		contents.forEach(server::create);
		this.rotations = DemoRotations.of(server, database.url(), stage, this.values);
		logger.info("Embedded Secrets Manager at " + server.endpoint() + " with " + contents.size() + " secrets");
		return Map.copyOf(server.properties());
	}

	private synchronized void stop() {
		if (this.secrets != null) {
			this.secrets.close();
			this.secrets = null;
		}
		if (this.database != null) {
			this.database.close();
			this.database = null;
			logger.info("PostgreSQL stopped");
		}
	}

	private static String randomValue() {
		byte[] bytes = new byte[24];
		new SecureRandom().nextBytes(bytes);
		return Base64.getUrlEncoder().encodeToString(bytes);
	}

}
