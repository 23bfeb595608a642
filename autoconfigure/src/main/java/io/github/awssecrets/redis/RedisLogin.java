package io.github.awssecrets.redis;

import java.net.URI;
import java.net.URISyntaxException;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Credentials as the properties of Spring Boot's Redis support hold them: in a URL, which
 * wins, or apart. Never shows them.
 *
 * @param username the user name, or {@code null}
 * @param password the password, or {@code null}
 * @param url the URL, or {@code null}
 */
record RedisLogin(@Nullable String username, @Nullable String password, @Nullable String url) {

	/**
	 * Return the user name to log in with.
	 * @return the user name, or {@code null} for that of all who have none
	 */
	@Nullable String effectiveUsername() {
		String name = StringUtils.hasText(this.url) ? userInfo()[0] : this.username;
		return StringUtils.hasText(name) ? name : null;
	}

	/**
	 * Return the password to log in with.
	 * @return the password, or {@code null} for none
	 */
	@Nullable String effectivePassword() {
		return StringUtils.hasText(this.url) ? userInfo()[1] : this.password;
	}

	private @Nullable String[] userInfo() {
		try {
			String info = new URI(String.valueOf(this.url)).getUserInfo();
			int colon = (info != null) ? info.indexOf(':') : -1;
			return (info != null && colon >= 0) ? new String[] { info.substring(0, colon), info.substring(colon + 1) }
					: new @Nullable String[] { null, info };
		}
		catch (URISyntaxException ex) {
			// Without the text, which holds a password
			throw new IllegalArgumentException("spring.data.redis.url is no URL: " + ex.getReason());
		}
	}

	@Override
	public String toString() {
		return "RedisLogin[***]";
	}

}
