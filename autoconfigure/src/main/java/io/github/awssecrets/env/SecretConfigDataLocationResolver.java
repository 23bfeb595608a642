package io.github.awssecrets.env;

import java.util.List;

import io.github.awssecrets.reference.ReferenceSyntaxException;

import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataLocationResolver;
import org.springframework.boot.context.config.ConfigDataLocationResolverContext;
import org.springframework.core.Ordered;

/**
 * Resolves locations of config data that are secrets, such as
 * {@code secret:prod/db?prefix=spring.datasource.}. Comes after
 * {@link EarlyLocationResolver}, which refuses references in all locations.
 */
class SecretConfigDataLocationResolver implements ConfigDataLocationResolver<SecretConfigDataResource>, Ordered {

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE + 1;
	}

	@Override
	public boolean isResolvable(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
		return location.hasPrefix(SecretImport.LOCATION_PREFIX);
	}

	@Override
	public List<SecretConfigDataResource> resolve(ConfigDataLocationResolverContext context,
			ConfigDataLocation location) {
		ImportUse use = ImportUse.of(location);
		try {
			SecretImport secret = SecretImport.parse(location.getNonPrefixedValue(SecretImport.LOCATION_PREFIX),
					location.isOptional());
			return List.of(new SecretConfigDataResource(secret, use));
		}
		catch (ReferenceSyntaxException ex) {
			throw new UnresolvedReferenceException(ImportProblems.syntax(use, ex));
		}
	}

}
