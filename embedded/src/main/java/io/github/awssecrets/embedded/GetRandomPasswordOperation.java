package io.github.awssecrets.embedded;

import java.security.SecureRandom;
import java.util.Set;

import tools.jackson.databind.node.ObjectNode;

/**
 * GetRandomPassword.
 */
final class GetRandomPasswordOperation implements Operation {

	@Override
	public Set<String> parameters() {
		return Set.of("PasswordLength", "ExcludeCharacters", "ExcludeNumbers", "ExcludePunctuation", "ExcludeUppercase",
				"ExcludeLowercase", "IncludeSpace", "RequireEachIncludedType");
	}

	@Override
	public ObjectNode execute(ApiCall call) {
		return Json.object().put("RandomPassword", PasswordRule.of(call.parameters()).generate(new SecureRandom()));
	}

}
