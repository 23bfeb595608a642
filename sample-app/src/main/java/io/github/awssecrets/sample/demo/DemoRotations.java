package io.github.awssecrets.sample.demo;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.awssecrets.embedded.SecretsServer;

/**
 * Rotates the secrets that the sample brings along, as their owners would: the
 * application is not told. A bean where the embedded Secrets Manager runs.
 */
public final class DemoRotations {

	private final SecretsServer server;

	private final Map<String, Supplier<String>> contents = new TreeMap<>();

	private final AtomicInteger paymentKeys = new AtomicInteger(1);

	DemoRotations(SecretsServer server, String stage, Supplier<String> values) {
		this.server = server;
		this.contents.put(DemoSecrets.payment(stage),
				() -> DemoSecrets.payment(this.paymentKeys.incrementAndGet(), values));
		this.contents.put(DemoSecrets.PARTNER_TOKEN, values);
	}

	/**
	 * Return what can be rotated.
	 * @return secret ids, sorted
	 */
	public Set<String> secretIds() {
		return Set.copyOf(this.contents.keySet());
	}

	/**
	 * Give a secret another value.
	 * @param secretId one of {@link #secretIds()}
	 * @return the id of the new version
	 * @throws IllegalArgumentException if it is none of them
	 */
	public String rotate(String secretId) {
		Supplier<String> content = this.contents.get(secretId);
		if (content == null) {
			throw new IllegalArgumentException(
					"No rotation of '%s', only of %s".formatted(secretId, String.join(", ", this.contents.keySet())));
		}
		return this.server.put(secretId, content.get());
	}

}
