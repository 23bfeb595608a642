package io.github.awssecrets.env;

import jakarta.validation.constraints.Size;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Beans that follow rotations.
 */
final class RotationBeans {

	private RotationBeans() {
	}

	public static class Scoped {

		private final String password;

		Scoped(String password) {
			this.password = password;
		}

		Scoped() {
			this("");
		}

		public String getPassword() {
			return this.password;
		}

	}

	@ConfigurationProperties("app")
	@Validated
	public static class App {

		@Size(min = 10)
		private String password;

		private String user;

		public String getPassword() {
			return this.password;
		}

		public void setPassword(String password) {
			this.password = password;
		}

		public String getUser() {
			return this.user;
		}

		public void setUser(String user) {
			this.user = user;
		}

	}

}
