package io.github.awssecrets.env;

import java.util.List;

import io.github.awssecrets.reference.ReferenceSyntax;
import io.github.awssecrets.reference.ReferenceText;

import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataLocationResolver;
import org.springframework.boot.context.config.ConfigDataLocationResolverContext;
import org.springframework.boot.context.config.ConfigDataResource;
import org.springframework.core.Ordered;

/**
 * Refuses references in the locations of config data, which is loaded before secrets can
 * be retrieved, and in the settings of the clients that load it: those would send the
 * text of the reference to their server.
 */
class EarlyLocationResolver implements ConfigDataLocationResolver<ConfigDataResource>, Ordered {

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public boolean isResolvable(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
		return !problems(context, location).isEmpty();
	}

	@Override
	public List<ConfigDataResource> resolve(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
		throw new UnresolvedReferenceException(problems(context, location));
	}

	private static List<ReferenceProblem> problems(ConfigDataLocationResolverContext context,
			ConfigDataLocation location) {
		if (ReferenceText.mayContainReference(location.getValue())) {
			SourceProperty property = new SourceProperty("spring.config.import", location.getValue(), null,
					location.getOrigin());
			return List.of(ReferenceProblems.early(property, "spring.config.*", ReferenceSyntax.REFERENCES));
		}
		EarlyProperties client = EarlyProperties.ofClient(location);
		return (client != null) ? client.problems(context.getBinder()) : List.of();
	}

}
