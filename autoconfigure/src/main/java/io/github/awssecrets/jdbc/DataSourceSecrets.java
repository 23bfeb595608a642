package io.github.awssecrets.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.awssecrets.credentials.CredentialPart;
import io.github.awssecrets.credentials.SecretCredentials;
import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.StringUtils;

/**
 * Finds out which secrets the credentials of a data source come from: those that a
 * setting names, or those of the properties that it was made from.
 */
final class DataSourceSecrets {

	private static final Pattern PASSWORD = Pattern.compile("pass|pwd|pw$|secret|credential");

	private final SecretsEnvironment secrets;

	private final UnfollowedDataSources unfollowed;

	private final DataSourcePrefixes prefixes;

	DataSourceSecrets(SecretsEnvironment secrets, ConfigurableApplicationContext context,
			UnfollowedDataSources unfollowed) {
		this.secrets = secrets;
		this.unfollowed = unfollowed;
		this.prefixes = new DataSourcePrefixes(context);
	}

	/**
	 * Find the credentials of a data source.
	 * @param beanName the name of its bean
	 * @param dataSource the data source
	 * @param username the user name that it has, or {@code null}
	 * @param password the password that it has, or {@code null}
	 * @return the credentials, or {@code null} if they do not come from secrets
	 */
	@Nullable SecretCredentials find(String beanName, Object dataSource, @Nullable String username, @Nullable String password) {
		SecretSelector named = named(beanName);
		if (named != null) {
			return new SecretCredentials(this.secrets, new CredentialPart.Key(named, "username"),
					new CredentialPart.Key(named, "password"));
		}
		Set<ConfigurationPropertyName> candidates = this.prefixes.of(beanName, dataSource);
		ConfigurationPropertyName secret = property("password", password, candidates);
		secret = (secret != null) ? secret : anyWithValue(beanName, password);
		ConfigurationPropertyName name = property("username", username, candidates);
		if (name == null && secret != null) {
			name = siblingWithValue(secret, username);
		}
		return (secret != null || name != null)
				? new SecretCredentials(this.secrets, part(name, username), part(secret, password)) : null;
	}

	private static CredentialPart part(@Nullable ConfigurationPropertyName property, @Nullable String inUse) {
		return (property != null) ? new CredentialPart.Property(property) : new CredentialPart.Fixed(inUse);
	}

	/**
	 * Return the secret that a setting names for a data source.
	 * @param beanName the name of its bean
	 * @return the secret, or {@code null}
	 */
	@Nullable SecretSelector named(String beanName) {
		for (Map.Entry<String, String> entry : this.secrets.settings().jdbc().dataSources().entrySet()) {
			if (DataSourceNames.isSame(entry.getKey(), beanName)) {
				return SecretSelector.current(new SecretId(entry.getValue()));
			}
		}
		SecretJdbcConnectionDetails details = this.prefixes.details(beanName);
		return (details != null) ? details.secret() : null;
	}

	/**
	 * Return whether secrets are in the properties that a data source was made from,
	 * whatever became of them.
	 * @param beanName the name of its bean
	 * @param dataSource the data source
	 * @param elements the last elements of the properties to look at
	 * @return whether one of them holds or leads to a reference
	 */
	boolean areIn(String beanName, Object dataSource, String... elements) {
		Set<ConfigurationPropertyName> effective = this.secrets.effectiveNames();
		for (ConfigurationPropertyName prefix : this.prefixes.of(beanName, dataSource)) {
			for (String element : elements) {
				if (effective.contains(prefix.append(element))) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * Return whether credentials of secrets are in the URL that a data source was made
	 * from.
	 * @param beanName the name of its bean
	 * @param dataSource the data source
	 * @return whether its URL holds credentials, and holds or leads to a reference
	 */
	boolean areInUrl(String beanName, Object dataSource) {
		Set<ConfigurationPropertyName> effective = this.secrets.effectiveNames();
		for (ConfigurationPropertyName prefix : this.prefixes.of(beanName, dataSource)) {
			for (String element : List.of("url", "jdbc-url")) {
				ConfigurationPropertyName name = prefix.append(element);
				if (effective.contains(name) && UrlCredentials.isIn(this.secrets.value(name))) {
					return true;
				}
			}
		}
		return false;
	}

	private @Nullable ConfigurationPropertyName property(String element, @Nullable String inUse,
			Set<ConfigurationPropertyName> candidates) {
		for (ConfigurationPropertyName prefix : candidates) {
			ConfigurationPropertyName name = prefix.append(element);
			if (StringUtils.hasLength(inUse) && inUse.equals(this.secrets.value(name))) {
				return name;
			}
		}
		return null;
	}

	/**
	 * Return the property that has the password in use, and that is called like one, for
	 * what is not made from {@code DataSourceProperties}.
	 */
	private @Nullable ConfigurationPropertyName anyWithValue(String beanName, @Nullable String password) {
		if (!StringUtils.hasLength(password)) {
			return null;
		}
		Map<Set<SecretSelector>, ConfigurationPropertyName> found = new LinkedHashMap<>();
		for (ConfigurationPropertyName name : this.secrets.effectiveNames()) {
			if (PASSWORD.matcher(name.getLastElement(ConfigurationPropertyName.Form.UNIFORM)).find()
					&& password.equals(this.secrets.value(name))) {
				found.putIfAbsent(this.secrets.selectors(name), name);
			}
		}
		if (found.size() > 1) {
			List<String> names = new ArrayList<>();
			found.values().forEach((name) -> names.add(name.toString()));
			this.unfollowed.name(beanName,
					("its password is that of several secrets (%s). Say which one it is: "
							+ "aws.secrets.jdbc.data-sources.%s=<name of the secret>")
						.formatted(String.join(", ", names), beanName));
			return null;
		}
		return found.isEmpty() ? null : found.values().iterator().next();
	}

	private @Nullable ConfigurationPropertyName siblingWithValue(ConfigurationPropertyName password,
			@Nullable String username) {
		Set<SecretSelector> selectors = this.secrets.selectors(password);
		for (ConfigurationPropertyName name : this.secrets.effectiveNames()) {
			if (StringUtils.hasLength(username) && username.equals(this.secrets.value(name))
					&& selectors.equals(this.secrets.selectors(name))) {
				return name;
			}
		}
		return null;
	}

}
