package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.env.SecretsEnvironment;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches where a trusted setting names a secret that says where the database is.
 */
class OnJdbcSecretCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("JDBC secret");
		SecretsEnvironment secrets = SecretsEnvironment.find(context.getEnvironment());
		boolean found = secrets != null && secrets.settings().enabled() && secrets.settings().jdbc().secret() != null;
		return found ? ConditionOutcome.match(message.foundExactly("aws.secrets.jdbc.secret"))
				: ConditionOutcome.noMatch(message.because("aws.secrets.jdbc.secret names none"));
	}

}
