package io.github.awssecrets.permission;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.github.awssecrets.permission.PermissionPolicy.Statement;

/**
 * The customer managed KMS keys of secrets, which an application has to be allowed to
 * decrypt with, though only by way of Secrets Manager.
 */
final class KmsKeys {

	private static final String ACTION = "kms:Decrypt";

	private static final String ALIAS = "alias/";

	private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9:/_-]+");

	/* By the Secrets Manager that uses them */
	private final Map<String, Set<String>> keys = new TreeMap<>();

	private final Map<String, Map<String, Set<String>>> aliases = new TreeMap<>();

	/**
	 * Add the key of a secret.
	 * @param key the key as DescribeSecret names it: the id or ARN of a key or an alias
	 * @param secret the secret, in whose Region the key is
	 */
	void add(String key, SecretResource secret) {
		String name = key.substring(key.lastIndexOf(':') + 1);
		if (!LEGAL.matcher(key).matches() || name.startsWith("alias/aws/")) {
			return;
		}
		String[] arn = key.split(":", 6);
		String owner = "arn:%s:kms:%s:%s:".formatted(secret.partition(), secret.region(),
				(arn.length == 6) ? arn[4] : secret.account());
		if (name.startsWith(ALIAS)) {
			this.aliases.computeIfAbsent(service(secret), (service) -> new TreeMap<>())
				.computeIfAbsent(name, (alias) -> new TreeSet<>())
				.add(owner + "key/*");
		}
		else {
			this.keys.computeIfAbsent(service(secret), (service) -> new TreeSet<>())
				.add(owner + (name.startsWith("key/") ? name : "key/" + name));
		}
	}

	private static String service(SecretResource secret) {
		return "secretsmanager.%s.amazonaws.com%s".formatted(secret.region(),
				secret.partition().equals("aws-cn") ? ".cn" : "");
	}

	/**
	 * Return the permissions to use the keys.
	 * @return a statement for each Region, and one for each alias, which a policy can
	 * only name in a condition
	 */
	List<Statement> statements() {
		List<Statement> statements = new ArrayList<>();
		this.keys.forEach((service, resources) -> statements.add(statement(resources, service)));
		this.aliases.forEach((service, byAlias) -> byAlias.forEach((alias, resources) -> {
			Statement statement = statement(resources, service);
			Map<String, Map<String, String>> conditions = new LinkedHashMap<>(statement.conditions());
			conditions.put("ForAnyValue:StringEquals", Map.of("kms:ResourceAliases", alias));
			statements.add(new Statement(statement.actions(), statement.resources(), conditions));
		}));
		return statements;
	}

	private static Statement statement(Set<String> resources, String service) {
		return new Statement(List.of(ACTION), List.copyOf(resources),
				Map.of("StringEquals", Map.of("kms:ViaService", service)));
	}

}
