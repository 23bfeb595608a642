package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.env.SecretsEnvironment;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches where the Environment has secrets: in contexts of a Spring Boot application,
 * and where one is processed ahead of time, as it will have them then.
 */
class OnSecretsCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Secrets");
		boolean found = SecretsEnvironment.find(context.getEnvironment()) != null
				|| Boolean.getBoolean("spring.aot.processing");
		return found ? ConditionOutcome.match(message.foundExactly("secrets in the Environment"))
				: ConditionOutcome.noMatch(message.because("the Environment was not prepared by Spring Boot"));
	}

}
