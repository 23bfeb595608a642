package io.github.awssecrets.embedded;

/**
 * A secret that a server has from the start.
 *
 * @param name the name
 * @param content the value
 */
record Seed(String name, SecretContent content) {

	Seed {
		SecretArn.validate(name);
		if (SecretArn.isArn(name) || name.length() > 512) {
			throw ApiException.validation("A name has 512 characters at most, and is not an ARN.");
		}
	}

}
