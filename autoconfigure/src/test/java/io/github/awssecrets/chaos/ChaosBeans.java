package io.github.awssecrets.chaos;

import java.util.HashSet;
import java.util.Set;

import io.github.awssecrets.refresh.SecretRotatedEvent;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/**
 * The beans of an application under faults.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ChaosBeans.App.class)
class ChaosBeans {

	private final Set<String> rotated = new HashSet<>();

	private volatile Fault fault = Fault.ROTATED;

	private int repeated;

	private String latest = "";

	void begin(Fault fault) {
		this.fault = fault;
	}

	void end() {
		this.fault = Fault.ROTATED;
	}

	Set<String> rotated() {
		return this.rotated;
	}

	/**
	 * Return how often the same event came twice in a row.
	 */
	int repeated() {
		return this.repeated;
	}

	@EventListener
	void rotated(SecretRotatedEvent event) {
		String change = event.secretId() + event.oldVersionId() + event.newVersionId();
		this.repeated += change.equals(this.latest) ? 1 : 0;
		this.latest = change;
		this.rotated.add(event.newVersionId());
		if (this.fault == Fault.LISTENER_THROWS) {
			throw new IllegalStateException("A listener failed");
		}
	}

	@EventListener
	void changed(EnvironmentChangeEvent event) {
		if (this.fault == Fault.REFRESH_FAILS) {
			throw new IllegalStateException("A listener to the change failed");
		}
	}

	/**
	 * What the application is configured with.
	 */
	@ConfigurationProperties("app")
	static class App {

		private Login s0 = new Login();

		private Login s1 = new Login();

		private Login s2 = new Login();

		Login getS0() {
			return this.s0;
		}

		void setS0(Login login) {
			this.s0 = login;
		}

		Login getS1() {
			return this.s1;
		}

		void setS1(Login login) {
			this.s1 = login;
		}

		Login getS2() {
			return this.s2;
		}

		void setS2(Login login) {
			this.s2 = login;
		}

	}

	/**
	 * What one secret holds.
	 */
	static class Login {

		private String both = "";

		String getBoth() {
			return this.both;
		}

		void setBoth(String both) {
			this.both = both;
		}

	}

}
