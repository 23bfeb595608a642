package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Refuses references where they would be taken for the value itself, before the
 * decryption of properties, logging and others read them.
 */
class EarlyPropertiesCheck implements EnvironmentPostProcessor, Ordered {

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE - 10;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		SourceProperties properties = new SourceProperties(environment.getPropertySources());
		ReferenceScan scan = ReferenceScan.ofHolding(properties);
		if (scan.isEmpty()) {
			return;
		}
		EarlyProperties early = EarlyProperties.of(environment);
		List<ReferenceProblem> problems = new ArrayList<>();
		scan.effective().forEach((name, property) -> {
			String group = early.groupOf(name);
			if (group != null) {
				problems.add(ReferenceProblems.early(property, group));
			}
		});
		if (!problems.isEmpty()) {
			throw new UnresolvedReferenceException(problems);
		}
	}

}
