package io.github.awssecrets.jdbc;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Finds credentials in JDBC URLs, which win over all others in most drivers.
 */
final class UrlCredentials {

	private static final Pattern PARAMETER = Pattern.compile("[?&;:,(](?:user|username|uid|password|pwd)=",
			Pattern.CASE_INSENSITIVE);

	/* user:password@host, and user/password@ as Oracle has it */
	private static final Pattern USER_INFO = Pattern.compile("^[^?;]*(?://|:thin:|:oci:)[^/@?;(]+[:/]?[^/@?;(]*@",
			Pattern.CASE_INSENSITIVE);

	private UrlCredentials() {
	}

	static boolean isIn(@Nullable String url) {
		return url != null && (PARAMETER.matcher(url).find() || USER_INFO.matcher(url).find());
	}

}
