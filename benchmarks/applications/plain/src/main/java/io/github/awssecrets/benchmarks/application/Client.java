package io.github.awssecrets.benchmarks.application;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of one secret, which report each new value. While Spring Cloud
 * resets them they have none, which is not one.
 */
public abstract class Client {

	private final int number;

	private @Nullable String lastValue;

	private @Nullable String key0;

	Client(int number) {
		this.number = number;
	}

	/**
	 * Return the value of the secret's first key.
	 * @return the value, or {@code null}
	 */
	public @Nullable String getKey0() {
		return this.key0;
	}

	/**
	 * Set the value of the secret's first key.
	 * @param key0 the value, or {@code null}
	 */
	public void setKey0(@Nullable String key0) {
		this.key0 = key0;
		if (key0 == null || key0.equals(this.lastValue)) {
			return;
		}
		if (this.lastValue != null) {
			Report.BEAN.print(this.number);
		}
		this.lastValue = key0;
	}

	/**
	 * That of secret 0.
	 */
	@ConfigurationProperties(MeasuredApplication.PREFIX + "0")
	static class Client0 extends Client {

		Client0() {
			super(0);
		}

	}

	/**
	 * That of secret 1.
	 */
	@ConfigurationProperties(MeasuredApplication.PREFIX + "1")
	static class Client1 extends Client {

		Client1() {
			super(1);
		}

	}

	/**
	 * That of secret 2.
	 */
	@ConfigurationProperties(MeasuredApplication.PREFIX + "2")
	static class Client2 extends Client {

		Client2() {
			super(2);
		}

	}

	/**
	 * That of secret 3.
	 */
	@ConfigurationProperties(MeasuredApplication.PREFIX + "3")
	static class Client3 extends Client {

		Client3() {
			super(3);
		}

	}

	/**
	 * That of secret 4.
	 */
	@ConfigurationProperties(MeasuredApplication.PREFIX + "4")
	static class Client4 extends Client {

		Client4() {
			super(4);
		}

	}

}
