package io.github.awssecrets.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Text with placeholders ({@code ${...}}) in it, each of them opaque: neither what stands
 * inside one nor what it yields has a meaning for the reference around it.
 *
 * @param parts the parts in order; adjacent texts are merged and empty ones dropped
 */
public record Template(List<Part> parts) {

	private static final Template EMPTY = new Template(List.of());

	public Template {
		parts = normalize(parts);
	}

	/**
	 * Return a template without placeholders.
	 * @param text the text, which may be empty
	 * @return the template
	 */
	public static Template literal(String text) {
		return text.isEmpty() ? EMPTY : new Template(List.of(new Text(text)));
	}

	private static List<Part> normalize(List<Part> parts) {
		if (parts.size() == 1 && !parts.get(0).text().isEmpty()) {
			return List.copyOf(parts);
		}
		List<Part> result = new ArrayList<>();
		StringBuilder text = new StringBuilder();
		for (Part part : parts) {
			if (part instanceof Text) {
				text.append(part.text());
				continue;
			}
			addText(text, result);
			result.add(part);
		}
		addText(text, result);
		return List.copyOf(result);
	}

	private static void addText(StringBuilder text, List<Part> parts) {
		if (!text.isEmpty()) {
			parts.add(new Text(text.toString()));
			text.setLength(0);
		}
	}

	/**
	 * Return whether there is no placeholder in this template.
	 * @return whether this template always resolves to the same text
	 */
	public boolean isLiteral() {
		for (Part part : this.parts) {
			if (!(part instanceof Text)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Return whether this template has neither text nor placeholders.
	 * @return whether this template always resolves to an empty text
	 */
	public boolean isEmpty() {
		return this.parts.isEmpty();
	}

	/**
	 * Return the placeholders of this template.
	 * @return the placeholders as written, with <code>${</code> and <code>}</code>
	 */
	public List<String> placeholders() {
		return this.parts.stream().filter(Placeholder.class::isInstance).map(Part::text).toList();
	}

	/**
	 * Return the text of this template with its placeholders replaced. What a placeholder
	 * yields is taken as it is, never parsed.
	 * @param placeholders called once for each placeholder, in order, with the
	 * placeholder as written, including <code>${</code> and <code>}</code>
	 * @return the text
	 */
	public String resolve(UnaryOperator<String> placeholders) {
		if (this.parts.size() == 1 && this.parts.get(0) instanceof Text literal) {
			return literal.text();
		}
		StringBuilder result = new StringBuilder();
		for (Part part : this.parts) {
			result.append((part instanceof Placeholder) ? placeholders.apply(part.text()) : part.text());
		}
		return result.toString();
	}

	/**
	 * Return the text as it was meant: placeholders as written, nothing escaped.
	 * @return the text
	 */
	@Override
	public String toString() {
		return this.parts.stream().map(Part::text).collect(Collectors.joining());
	}

	/**
	 * A part of a template.
	 */
	public sealed interface Part permits Text, Placeholder {

		/**
		 * Return the text of this part.
		 * @return the literal text, or the placeholder as written
		 */
		String text();

	}

	/**
	 * Literal text, free of escapes.
	 *
	 * @param text the text as it was meant
	 */
	public record Text(String text) implements Part {

	}

	/**
	 * One placeholder. Braces are counted as Spring's placeholder parser counts them: a
	 * plain opening brace takes part.
	 *
	 * @param text the placeholder as written, from <code>${</code> to the <code>}</code>
	 * that closes it
	 */
	public record Placeholder(String text) implements Part {

		public Placeholder {
			if (!text.startsWith("${") || Braces.of(text).closing(0) != text.length() - 1) {
				throw new IllegalArgumentException(
						"A placeholder starts with '${' and ends with the '}' that closes it");
			}
			if (Openings.findUnescaped(text, 0, text.length(), ReferenceSyntax.REFERENCES) != Openings.NONE) {
				throw new IllegalArgumentException("A placeholder inside a reference cannot contain a reference");
			}
		}

	}

}
