package io.github.awssecrets.reference;

import java.util.List;

import io.github.awssecrets.reference.ReferenceText.Literal;
import io.github.awssecrets.reference.ReferenceText.Reference;
import io.github.awssecrets.reference.ReferenceText.Segment;
import org.jspecify.annotations.Nullable;

/**
 * Prints references in their canonical form: parsing it yields what was printed.
 */
final class ReferencePrinter {

	private static final String MASK = "***";

	private final StringBuilder out = new StringBuilder();

	private ReferencePrinter() {
	}

	static String print(List<Segment> segments) {
		ReferencePrinter printer = new ReferencePrinter();
		for (int i = 0; i < segments.size(); i++) {
			if (segments.get(i) instanceof Literal literal) {
				printer.literal(literal.text(), i + 1 < segments.size());
			}
			else if (segments.get(i) instanceof Reference segment) {
				printer.reference(segment.reference(), false);
			}
		}
		return printer.out.toString();
	}

	static String print(SecretReference reference) {
		return new ReferencePrinter().reference(reference, false).out.toString();
	}

	static String printMasked(SecretReference reference) {
		return new ReferencePrinter().reference(reference, true).out.toString();
	}

	private void literal(String text, boolean beforeReference) {
		int position = 0;
		int opening = find(text, 0);
		while (opening != Openings.NONE) {
			this.out.append(text, position, opening)
				.append("\\".repeat(Openings.countBackslashes(text, opening, position) + 1))
				.append(Openings.REFERENCE);
			position = opening + Openings.LENGTH;
			opening = find(text, position);
		}
		this.out.append(text, position, text.length());
		if (beforeReference) {
			this.out.append("\\".repeat(Openings.countBackslashes(text, text.length(), position)));
		}
	}

	private static int find(String text, int from) {
		return Openings.find(text, from, text.length(), ReferenceSyntax.REFERENCES);
	}

	private ReferencePrinter reference(SecretReference reference, boolean masked) {
		this.out.append(Openings.REFERENCE);
		idAndKey(reference);
		char separator = '?';
		separator = option("stage", reference.stage(), separator);
		separator = option("version", reference.version(), separator);
		option("region", reference.region(), separator);
		Template defaultValue = reference.defaultValue();
		if (defaultValue != null) {
			this.out.append(':');
			if (masked && !defaultValue.isEmpty()) {
				this.out.append(MASK);
			}
			else {
				new DefaultValuePrinter(this.out).print(defaultValue);
			}
		}
		this.out.append('>');
		return this;
	}

	private void idAndKey(SecretReference reference) {
		IdPrinter id = new IdPrinter(this.out, reference.id());
		KeyTemplate key = reference.key();
		if (key instanceof KeyTemplate.Dotted dotted) {
			id.printBeforeDot();
			dotted.steps().forEach(this::step);
		}
		else if (key instanceof KeyTemplate.Pointer pointer) {
			id.printBeforeHash();
			this.out.append('#');
			pointer.tokens().forEach(this::token);
		}
		else if (key instanceof KeyTemplate.Exact exact) {
			id.printBeforeHash();
			this.out.append('#');
			if (exact.name().parts().get(0).text().startsWith("/")) {
				this.out.append('\\');
			}
			TemplatePrinter.print(this.out, exact.name(), "?:>");
		}
		else {
			id.printBeforeHash();
			if (!id.isWholeWithoutHash(hasDefaultAfterId(reference))) {
				this.out.append('#');
			}
		}
	}

	private boolean hasDefaultAfterId(SecretReference reference) {
		return reference.defaultValue() != null && reference.stage() == null && reference.version() == null
				&& reference.region() == null;
	}

	private void step(KeyTemplate.Step step) {
		this.out.append('.');
		TemplatePrinter.print(this.out, step.name(), "./#?:>[");
		step.indexes().forEach((index) -> this.out.append('[').append(index).append(']'));
	}

	private void token(Template token) {
		this.out.append('/');
		Template escaped = new Template(token.parts()
			.stream()
			.map((part) -> (part instanceof Template.Text) ? new Template.Text(PointerToken.escape(part.text())) : part)
			.toList());
		TemplatePrinter.print(this.out, escaped, "?:>");
	}

	private char option(String name, @Nullable Template value, char separator) {
		if (value == null) {
			return separator;
		}
		this.out.append(separator).append(name).append('=');
		TemplatePrinter.print(this.out, value, "&:>#?");
		return '&';
	}

}
