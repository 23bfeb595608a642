package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.awssecrets.reference.ResolvedReference;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.snapshot.Snapshot;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.util.PlaceholderResolutionException;

/**
 * Finds out what a start would retrieve, as far as that can be told without retrieving
 * anything: the keys of imports are not known.
 */
final class ReferenceSurvey {

	private static final Log logger = LogFactory.getLog(ReferenceSurvey.class);

	private final SourceProperties properties;

	private final TextResolver resolver;

	private final SecretImports imports;

	private final NamedSecrets named;

	private final SecretValues values;

	private final List<ReferenceProblem> problems = new ArrayList<>();

	private final Set<SecretSelector> secrets = new LinkedHashSet<>();

	ReferenceSurvey(SourceProperties properties, TextResolver resolver, SecretImports imports, NamedSecrets named,
			SecretValues values) {
		this.properties = properties;
		this.resolver = resolver;
		this.imports = imports;
		this.named = named;
		this.values = values;
	}

	/**
	 * Return the secrets of references that are effective, of imports and of settings.
	 * @return the secrets
	 * @throws UnresolvedReferenceException if there are references or imports that AWS
	 * would not even be asked for; it names them all
	 */
	Set<SecretSelector> secrets() {
		this.problems.addAll(this.imports.refusals());
		this.secrets.addAll(this.imports.selectors());
		for (ResolvedText text : this.properties.withNamesAsTheyAre(this::resolve)) {
			this.problems.addAll(this.values.problems(text));
			UsedSecrets.references(text).stream().map(ResolvedReference::selector).forEach(this.secrets::add);
		}
		this.problems.addAll(this.named.problems(Snapshot.EMPTY));
		this.secrets.addAll(this.named.selectors());
		if (!this.problems.isEmpty()) {
			throw new UnresolvedReferenceException(this.problems.stream().distinct().toList());
		}
		return this.secrets;
	}

	private List<ResolvedText> resolve() {
		List<ResolvedText> texts = new ArrayList<>();
		ReferenceScan.of(this.properties, this.resolver)
			.effective()
			.values()
			.forEach((property) -> resolve(property, texts));
		return texts;
	}

	private void resolve(SourceProperty property, List<ResolvedText> texts) {
		try {
			texts.add(resolve(property));
		}
		catch (UnresolvedReferenceException ex) {
			this.problems.addAll(ex.getProblems());
		}
		catch (PlaceholderResolutionException ex) {
			this.problems.add(ReferenceProblems.placeholder(property, ex));
		}
		catch (RuntimeException ex) {
			logger.debug("Property '%s' cannot be read yet".formatted(property.name()));
		}
	}

	/* A placeholder that names nothing may name a key of an import */
	private ResolvedText resolve(SourceProperty property) {
		return this.imports.selectorsOfKeys().isEmpty() ? this.resolver.resolve(property)
				: this.resolver.resolveLeniently(property);
	}

}
