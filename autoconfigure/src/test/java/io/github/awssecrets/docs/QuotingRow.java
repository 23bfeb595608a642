package io.github.awssecrets.docs;

import java.util.List;
import java.util.stream.Collectors;

import io.github.awssecrets.reference.ReferenceText;
import io.github.awssecrets.reference.ReferenceText.Literal;
import io.github.awssecrets.reference.SecretReference;

/**
 * A row of the page's table: a property, the value that the application must receive, and
 * what this value means. A cell without text is empty.
 *
 * @param name the name of the property in all examples
 * @param value the value that must arrive
 * @param literal the literal text in it
 * @param id the secret id of the reference in it
 * @param key the key of this reference
 * @param defaultValue the default of this reference
 */
record QuotingRow(String name, String value, String literal, String id, String key, String defaultValue) {

	static final List<String> HEADER = List.of("Property", "Value that the application must receive", "Literal text",
			"Secret id", "Key", "Default");

	/**
	 * Return whether a value means what this row says.
	 * @param received a value as the application receives it
	 * @return whether it parses to the literal text and reference of this row
	 */
	boolean isMeantBy(String received) {
		ReferenceText text = ReferenceText.parse(received);
		return literalOf(text).equals(this.literal) && referencesOf(text).equals(references());
	}

	private static String literalOf(ReferenceText text) {
		return text.segments()
			.stream()
			.filter(Literal.class::isInstance)
			.map((segment) -> ((Literal) segment).text())
			.collect(Collectors.joining());
	}

	private static List<List<String>> referencesOf(ReferenceText text) {
		return text.references().stream().map(QuotingRow::cells).toList();
	}

	private static List<String> cells(SecretReference reference) {
		String defaultValue = (reference.defaultValue() != null) ? reference.defaultValue().toString() : "";
		return List.of(reference.id().toString(), reference.key().resolve((placeholder) -> placeholder).toString(),
				defaultValue);
	}

	private List<List<String>> references() {
		return this.id.isEmpty() ? List.of() : List.of(List.of(this.id, this.key, this.defaultValue));
	}

}
