package io.github.awssecrets.retrieval;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells an emulator on this machine from the service: its endpoint's host is
 * {@code localhost}, a name below that (RFC 6761) or a loopback address. No name is
 * looked up.
 */
final class Loopback {

	private static final Pattern IPV4 = Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

	private static final Pattern IPV6 = Pattern.compile("\\[(?:::|(?:0{1,4}:){7})0{0,3}1]");

	private Loopback() {
	}

	static boolean isEndpoint(RetrievalSettings settings) {
		return settings.endpoint() != null && isHost(settings.endpoint());
	}

	private static boolean isHost(URI endpoint) {
		String host = String.valueOf(endpoint.getHost()).toLowerCase(Locale.ROOT);
		return host.equals("localhost") || host.endsWith(".localhost") || IPV4.matcher(host).matches()
				|| IPV6.matcher(host).matches();
	}

}
