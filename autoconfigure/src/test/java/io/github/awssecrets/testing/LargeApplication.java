package io.github.awssecrets.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import org.springframework.boot.env.PropertySourceInfo;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/**
 * The configuration and the secrets of an application of any size. It has a service for
 * each secret, with ten references to the ten keys of the secret, in single values, one
 * text with two of them, and a list; a placeholder that leads to one of them; and plain
 * properties. They are spread over YAML documents of a thousand services each, and
 * environment variables of every hundredth service.
 */
public final class LargeApplication {

	/** The references of a service, and the keys of its secret. */
	public static final int REFERENCES_PER_SECRET = 10;

	private static final int SERVICES_PER_DOCUMENT = 1000;

	private static final int SERVICES_PER_VARIABLE = 100;

	private static final String[] KEYS = { "username", "password", "host", "port", "dbname", "api-key", "client-id",
			"client-secret", "signing-key", "token" };

	private static final String SERVICE = """
			  ID:
			    enabled: true
			    base-url: https://ID.example.com/api/v1
			    timeout: 30s
			    datasource:
			      url: jdbc:postgresql://$<secret:SECRET.host>:$<secret:SECRET.port>/orders
			      username: $<secret:SECRET.username>
			      password: $<secret:SECRET.password>
			      schema: $<secret:SECRET.dbname>
			    replica:
			      password: ${services.ID.datasource.password}
			    api-key: APIKEY
			    oauth2:
			      clientId: $<secret:SECRET.client-id>
			      client-secret: $<secret:SECRET.client-secret>
			    keys:
			    - plain
			    - $<secret:SECRET.signing-key>
			    - $<secret:SECRET.token>
			""";

	private final List<String> services;

	/**
	 * Create an application.
	 * @param references the number of references, a multiple of
	 * {@value #REFERENCES_PER_SECRET}
	 */
	public LargeApplication(int references) {
		this.services = IntStream.range(0, references / REFERENCES_PER_SECRET)
			.mapToObj("order-service-%05d"::formatted)
			.toList();
	}

	/**
	 * Return the secrets.
	 * @return a new retrieval, which answers with contents that nobody has parsed yet
	 */
	public InProcessRetrieval retrieval() {
		InProcessRetrieval retrieval = new InProcessRetrieval();
		this.services.forEach((service) -> retrieval.secret(secret(service), Canary.json(secret(service), 1, KEYS)));
		return retrieval;
	}

	/**
	 * Return the sources, as Boot makes them of files and of the environment.
	 * @return new sources
	 */
	public List<PropertySource<?>> sources() {
		List<PropertySource<?>> sources = new ArrayList<>();
		Map<String, Object> variables = new LinkedHashMap<>();
		for (int i = 0; i < this.services.size(); i += SERVICES_PER_VARIABLE) {
			String service = this.services.get(i);
			variables.put("SERVICES_%s_APIKEY".formatted(service.replace("-", "").toUpperCase(Locale.ROOT)),
					reference(service, "api-key"));
		}
		sources.add(new Variables(variables));
		for (int i = 0; i < this.services.size(); i += SERVICES_PER_DOCUMENT) {
			sources.addAll(
					document(i, this.services.subList(i, Math.min(this.services.size(), i + SERVICES_PER_DOCUMENT))));
		}
		return sources;
	}

	private static List<PropertySource<?>> document(int first, List<String> services) {
		StringBuilder yaml = new StringBuilder("services:\n");
		for (int i = 0; i < services.size(); i++) {
			String service = services.get(i);
			boolean overridden = (first + i) % SERVICES_PER_VARIABLE == 0;
			yaml.append(SERVICE.replace("ID", service)
				.replace("SECRET", secret(service))
				.replace("APIKEY", overridden ? "overridden" : reference(service, "api-key")));
		}
		String name = "application-services-%05d.yml".formatted(first);
		try {
			byte[] text = yaml.toString().getBytes(StandardCharsets.UTF_8);
			return new YamlPropertySourceLoader().load(name, new ByteArrayResource(text, name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return what readers get.
	 * @return the value of each property that has or leads to a reference, and of some
	 * that do not, by its canonical name
	 */
	public Map<String, String> values() {
		Map<String, String> values = new LinkedHashMap<>();
		for (String service : this.services) {
			String prefix = "services." + service;
			values.put(prefix + ".base-url", "https://%s.example.com/api/v1".formatted(service));
			values.put(prefix + ".datasource.url",
					"jdbc:postgresql://%s:%s/orders".formatted(value(service, "host"), value(service, "port")));
			values.put(prefix + ".datasource.username", value(service, "username"));
			values.put(prefix + ".datasource.password", value(service, "password"));
			values.put(prefix + ".datasource.schema", value(service, "dbname"));
			values.put(prefix + ".replica.password", value(service, "password"));
			values.put(prefix + ".api-key", value(service, "api-key"));
			values.put(prefix + ".oauth2.client-id", value(service, "client-id"));
			values.put(prefix + ".oauth2.client-secret", value(service, "client-secret"));
			values.put(prefix + ".keys[0]", "plain");
			values.put(prefix + ".keys[1]", value(service, "signing-key"));
			values.put(prefix + ".keys[2]", value(service, "token"));
		}
		return values;
	}

	private static String secret(String service) {
		return "prod/%s/credentials".formatted(service);
	}

	private static String reference(String service, String key) {
		return "$<secret:%s.%s>".formatted(secret(service), key);
	}

	private static String value(String service, String key) {
		return Canary.value(secret(service) + "." + key, 1);
	}

	/**
	 * Like {@link System#getenv()}, which Boot knows not to change.
	 */
	private static final class Variables extends SystemEnvironmentPropertySource implements PropertySourceInfo {

		Variables(Map<String, Object> variables) {
			super(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables);
		}

		@Override
		public boolean isImmutable() {
			return true;
		}

	}

}
