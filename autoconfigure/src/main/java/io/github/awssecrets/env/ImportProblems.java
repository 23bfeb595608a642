package io.github.awssecrets.env;

import io.github.awssecrets.reference.KeyResult;
import io.github.awssecrets.reference.ReferenceSyntaxException;
import io.github.awssecrets.retrieval.SecretVersion;

/**
 * Says what is wrong with imports of secrets, other than that a secret cannot be
 * retrieved.
 */
final class ImportProblems {

	private ImportProblems() {
	}

	static ReferenceProblem syntax(ImportUse use, ReferenceSyntaxException ex) {
		return use.problem(ex.getReason() + ".",
				"Correct the import: all text before '?' is the name or ARN of a secret, and options are separated by "
						+ "'&', as in secret:prod/db?prefix=spring.datasource.");
	}

	static ReferenceProblem disabled(ImportUse use) {
		return use.problem("The keys of this secret are not known, as aws.secrets.enabled is false.",
				"Set aws.secrets.enabled=true, write 'optional:' before the import, or move it to a profile that is "
						+ "active only where secrets are retrieved.");
	}

	/**
	 * Describe why a secret has no keys that could become properties.
	 * @param use the import
	 * @param secret what it asks for
	 * @param version what was retrieved for it
	 * @param reason why the version has no keys; not a value
	 * @return the problem
	 */
	static ReferenceProblem noKeys(ImportUse use, SecretImport secret, SecretVersion version, KeyResult reason) {
		String id = secret.selector().id().value();
		String whole = "Name the property that gets the whole secret: %s."
			.formatted(new SecretImport(secret.selector(), secret.prefix(), "<name>", secret.optional()));
		ReferenceProblem problem;
		if (reason instanceof KeyResult.Malformed malformed) {
			problem = use.problem("%s is malformed JSON: %s.".formatted(id, malformed.reason()),
					"Correct the secret; 'optional:' applies only where there is no secret.");
		}
		else if (reason instanceof KeyResult.Binary) {
			problem = use.problem("%s is a binary secret, and so has no keys to import.".formatted(id), whole);
		}
		else if (reason instanceof KeyResult.NotAnObject) {
			problem = use.problem("%s is a JSON array, and so has no keys to import.".formatted(id), whole);
		}
		else {
			problem = use.problem("%s is a text that is not JSON, and so has no keys to import.".formatted(id), whole);
		}
		return problem.about(new AskedSecret(id, version.region(), null));
	}

}
