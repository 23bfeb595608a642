package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.awssecrets.reference.ReferenceSyntax;
import io.github.awssecrets.reference.ReferenceSyntaxException;
import io.github.awssecrets.reference.ReferenceText;
import io.github.awssecrets.reference.ResolvedReference;
import io.github.awssecrets.reference.Template;
import org.jspecify.annotations.Nullable;

import org.springframework.util.PlaceholderResolutionException;
import org.springframework.util.PropertyPlaceholderHelper;
import org.springframework.util.SystemPropertyUtils;

/**
 * Resolves the placeholders of a text as Spring does, and finds the references that are
 * effective in it.
 * <p>
 * Each reference is replaced by a token before Spring's own parser sees the text. The
 * tokens that are left in what it returns stand for the references that count, however
 * many properties lie in between; those in a default that did not apply are gone. So a
 * secret's value never passes through a placeholder parser.
 */
final class TextResolver {

	/*
	 * The nonce makes a token that nobody can have written, the noncharacters one that no
	 * parser reacts to.
	 */
	private static final String TOKEN_START = "\uFDD0" + UUID.randomUUID() + "-";

	private static final String TOKEN_END = "\uFDD1";

	private static final Pattern TOKEN = Pattern.compile(TOKEN_START + "(\\d+)" + TOKEN_END);

	private static final PropertyPlaceholderHelper LENIENT = placeholderHelper(true);

	private static final PropertyPlaceholderHelper STRICT = placeholderHelper(false);

	private final Function<String, @Nullable SourceProperty> properties;

	private final ReferencePolicy policy;

	private final ReferenceSyntax syntax;

	/**
	 * Create a resolver.
	 * @param properties finds the property that a placeholder names
	 * @param policy says which references are refused
	 * @param syntax the spellings of references that are heeded
	 */
	TextResolver(Function<String, @Nullable SourceProperty> properties, ReferencePolicy policy,
			ReferenceSyntax syntax) {
		this.properties = properties;
		this.policy = policy;
		this.syntax = syntax;
	}

	ReferenceSyntax syntax() {
		return this.syntax;
	}

	private static PropertyPlaceholderHelper placeholderHelper(boolean ignoreUnresolvable) {
		return new PropertyPlaceholderHelper(SystemPropertyUtils.PLACEHOLDER_PREFIX,
				SystemPropertyUtils.PLACEHOLDER_SUFFIX, SystemPropertyUtils.VALUE_SEPARATOR,
				SystemPropertyUtils.ESCAPE_CHARACTER, ignoreUnresolvable);
	}

	/**
	 * Resolve a property. In a text with references, a placeholder that names nothing is
	 * an error, as it is for {@code Environment.getProperty}: left to Spring, it would
	 * fail with a message that shows the text, secrets included.
	 * @param property the property
	 * @return the resolved text
	 * @throws UnresolvedReferenceException if a reference breaks the grammar
	 * @throws PlaceholderResolutionException if a placeholder is circular or names
	 * nothing
	 */
	ResolvedText resolve(SourceProperty property) {
		try {
			return resolveStrictly(property);
		}
		catch (PlaceholderResolutionException ex) {
			ResolvedText text = resolveLeniently(property);
			if (text.hasReferences()) {
				throw ex;
			}
			return text;
		}
	}

	/**
	 * Return whether a text holds references that are effective, or leads to some,
	 * whatever else is wrong with it.
	 * @param property the property or annotation
	 * @return whether it does
	 * @throws UnresolvedReferenceException if a reference breaks the grammar
	 * @throws PlaceholderResolutionException if placeholders are circular
	 */
	boolean leadsToReference(SourceProperty property) {
		return resolveLeniently(property).hasReferences();
	}

	/**
	 * Resolve a property as far as that is possible: a placeholder that names nothing
	 * stays text.
	 * @param property the property
	 * @return the resolved text
	 * @throws UnresolvedReferenceException if a reference breaks the grammar
	 * @throws PlaceholderResolutionException if placeholders are circular
	 */
	ResolvedText resolveLeniently(SourceProperty property) {
		return new Resolution(property, Set.of()).resolve(LENIENT);
	}

	/**
	 * Resolve an annotation's text. As for Spring's annotations, a placeholder that names
	 * nothing is an error.
	 * @param property the annotation
	 * @return the resolved text
	 * @throws UnresolvedReferenceException if a reference breaks the grammar
	 * @throws PlaceholderResolutionException if a placeholder cannot be resolved
	 */
	ResolvedText resolveStrictly(SourceProperty property) {
		return new Resolution(property, Set.of()).resolve(STRICT);
	}

	private ReferenceText parse(SourceProperty property) {
		try {
			return ReferenceText.parse(property.text(), this.syntax);
		}
		catch (ReferenceSyntaxException ex) {
			throw new UnresolvedReferenceException(ReferenceProblems.syntax(property, ex));
		}
	}

	/**
	 * One text and all that its placeholders lead to.
	 */
	private final class Resolution {

		private final SourceProperty property;

		private final List<ReferenceUse> uses = new ArrayList<>();

		private final Map<String, String> tokenized = new HashMap<>();

		private final List<SourceProperty> visited = new ArrayList<>();

		/* The places of the references in whose defaults this text is. */
		private final Set<Object> defaultsAround;

		Resolution(SourceProperty property, Set<Object> defaultsAround) {
			this.property = property;
			this.defaultsAround = defaultsAround;
		}

		ResolvedText resolve(PropertyPlaceholderHelper helper) {
			return this.property.text().contains(SystemPropertyUtils.PLACEHOLDER_PREFIX)
					? detokenize(helper.replacePlaceholders(tokenize(this.property), this::placeholder))
					: withoutPlaceholders();
		}

		/**
		 * Resolve the property if there is nothing for Spring's parser to do.
		 */
		private ResolvedText withoutPlaceholders() {
			List<ResolvedText.Piece> pieces = new ArrayList<>();
			for (ReferenceText.Segment segment : parse(this.property).segments()) {
				if (segment instanceof ReferenceText.Literal literal) {
					addLiteral(literal.text(), pieces);
				}
				else if (segment instanceof ReferenceText.Reference reference) {
					pieces.add(target(ReferenceUse.of(this.property, reference)));
				}
			}
			return new ResolvedText(pieces);
		}

		private @Nullable String placeholder(String name) {
			String known = this.tokenized.get(name);
			if (known != null) {
				return known;
			}
			if (TextResolver.this.syntax.isPlaceholderName(name)) {
				// Those that stand there literally are tokens by now
				throw new UnresolvedReferenceException(ReferenceProblems.composed(this.property));
			}
			SourceProperty property = TextResolver.this.properties.apply(name);
			if (property == null) {
				return null;
			}
			this.visited.add(property);
			String text = tokenize(property);
			this.tokenized.put(name, text);
			return text;
		}

		private String tokenize(SourceProperty property) {
			if (!TextResolver.this.syntax.mayContainReference(property.text())) {
				return property.text();
			}
			StringBuilder text = new StringBuilder();
			for (ReferenceText.Segment segment : parse(property).segments()) {
				if (segment instanceof ReferenceText.Literal literal) {
					text.append(literal.text());
				}
				else if (segment instanceof ReferenceText.Reference reference) {
					text.append(TOKEN_START).append(this.uses.size()).append(TOKEN_END);
					this.uses.add(ReferenceUse.of(property, reference));
				}
			}
			return text.toString();
		}

		private ResolvedText detokenize(String text) {
			List<ResolvedText.Piece> pieces = new ArrayList<>();
			Matcher token = TOKEN.matcher(text);
			int end = 0;
			while (token.find()) {
				addLiteral(text.substring(end, token.start()), pieces);
				pieces.add(target(this.uses.get(Integer.parseInt(token.group(1)))));
				end = token.end();
			}
			addLiteral(text.substring(end), pieces);
			return new ResolvedText(pieces);
		}

		private void addLiteral(String text, List<ResolvedText.Piece> pieces) {
			if (!text.isEmpty()) {
				pieces.add(new ResolvedText.Literal(text));
			}
		}

		private ResolvedText.Target target(ReferenceUse use) {
			ResolvedReference reference = null;
			ReferenceProblem problem = null;
			try {
				reference = use.reference().resolve((placeholder) -> withoutSecrets(use, placeholder));
				problem = TextResolver.this.policy.problem(use, reference);
			}
			catch (ReferenceSyntaxException ex) {
				problem = ReferenceProblems.syntax(use, ex);
			}
			catch (UnresolvedReferenceException ex) {
				problem = ex.getProblems().get(0);
			}
			return (problem != null) ? new ResolvedText.Target(use, null, problem, null)
					: new ResolvedText.Target(use, reference, null, defaultText(use));
		}

		private String withoutSecrets(ReferenceUse use, String placeholder) {
			Resolution resolution = new Resolution(use.property(), this.defaultsAround);
			String text;
			try {
				text = STRICT.replacePlaceholders(placeholder, resolution::placeholder);
			}
			catch (PlaceholderResolutionException ex) {
				throw new UnresolvedReferenceException(ReferenceProblems.placeholder(use, ex));
			}
			for (SourceProperty property : resolution.visited) {
				if (property.source() != null && !TextResolver.this.policy.isTrusted(property.source())) {
					throw new UnresolvedReferenceException(ReferenceProblems.chosenByUntrusted(use, property));
				}
			}
			Matcher token = TOKEN.matcher(text);
			if (token.find()) {
				ReferenceUse source = resolution.uses.get(Integer.parseInt(token.group(1)));
				throw new UnresolvedReferenceException(ReferenceProblems.chosenBySecret(use, source.property()));
			}
			return text;
		}

		private @Nullable ResolvedText defaultText(ReferenceUse use) {
			Template defaultValue = use.reference().defaultValue();
			if (defaultValue == null) {
				return null;
			}
			if (this.defaultsAround.contains(use.place())) {
				throw new UnresolvedReferenceException(ReferenceProblems.circularDefault(use));
			}
			Set<Object> around = new HashSet<>(this.defaultsAround);
			around.add(use.place());
			List<ResolvedText.Piece> pieces = new ArrayList<>();
			for (Template.Part part : defaultValue.parts()) {
				if (part instanceof Template.Placeholder placeholder) {
					Resolution resolution = new Resolution(use.property(), around);
					pieces.addAll(resolution
						.detokenize(LENIENT.replacePlaceholders(placeholder.text(), resolution::placeholder))
						.pieces());
				}
				else {
					addLiteral(part.text(), pieces);
				}
			}
			return new ResolvedText(pieces);
		}

	}

}
