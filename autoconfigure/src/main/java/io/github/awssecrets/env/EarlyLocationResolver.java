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
 * be retrieved.
 */
class EarlyLocationResolver implements ConfigDataLocationResolver<ConfigDataResource>, Ordered {

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public boolean isResolvable(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
		return ReferenceText.mayContainReference(location.getValue());
	}

	@Override
	public List<ConfigDataResource> resolve(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
		SourceProperty property = new SourceProperty("spring.config.import", location.getValue(), null,
				location.getOrigin());
		throw new UnresolvedReferenceException(
				ReferenceProblems.early(property, "spring.config.*", ReferenceSyntax.REFERENCES));
	}

}
