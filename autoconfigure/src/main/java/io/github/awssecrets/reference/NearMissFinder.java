package io.github.awssecrets.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds what looks like the opening of a reference but is none.
 */
final class NearMissFinder {

	private static final String WORD = "secret";

	private final CharSequence text;

	private NearMissFinder(CharSequence text) {
		this.text = text;
	}

	static List<NearMiss> find(CharSequence text) {
		return new NearMissFinder(text).find();
	}

	private List<NearMiss> find() {
		List<NearMiss> result = new ArrayList<>();
		for (int i = 0; i < this.text.length() - 1; i++) {
			if (this.text.charAt(i) == '$' && this.text.charAt(i + 1) == '<') {
				int end = end(i);
				if (end != Openings.NONE && !Openings.isEscaped(this.text, i, 0)) {
					result.add(new NearMiss(this.text.subSequence(i, end).toString(), i + 1));
				}
			}
		}
		return List.copyOf(result);
	}

	// Where the near miss ends that starts at an index, if there is one
	private int end(int start) {
		if (Openings.isAt(this.text, start, this.text.length(), ReferenceSyntax.REFERENCES)) {
			return Openings.NONE;
		}
		int word = start + 2;
		while (word < this.text.length() && this.text.charAt(word) == ' ') {
			word++;
		}
		int end = word + WORD.length();
		if (end > this.text.length() || !WORD.equalsIgnoreCase(this.text.subSequence(word, end).toString())) {
			return Openings.NONE;
		}
		if (end < this.text.length() && Character.toLowerCase(this.text.charAt(end)) == 's') {
			end++;
		}
		if (end < this.text.length() && Character.isLetterOrDigit(this.text.charAt(end))) {
			return Openings.NONE;
		}
		return Math.min(end + 1, this.text.length());
	}

}
