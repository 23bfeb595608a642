package io.github.awssecrets.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import io.github.awssecrets.reference.KeyResult;
import io.github.awssecrets.reference.KeySelector;
import io.github.awssecrets.reference.ReferenceSyntaxException;
import io.github.awssecrets.reference.ReferenceText;
import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretReference;

/**
 * Fuzzes the search for keys, paths and pointers in secrets: there is always an answer,
 * and a key that is listed is found.
 */
public final class KeyFuzzer {

	private KeyFuzzer() {
	}

	/**
	 * Run once.
	 * @param data a key as references have it, a line break, and the text of a secret
	 */
	public static void fuzzerTestOneInput(byte[] data) {
		String text = new String(data, StandardCharsets.UTF_8);
		int lineBreak = text.indexOf('\n');
		SecretContent content = SecretContent.ofText(text.substring(lineBreak + 1));
		if (lineBreak > 0) {
			find(text.substring(0, lineBreak), content);
		}
		List<String> keys = content.keys();
		for (String key : keys) {
			if (!key.isEmpty()) {
				require(key, content);
			}
		}
		if (content.lackOfKeys() != null && !keys.isEmpty()) {
			throw new IllegalStateException("Keys, and a reason why there are none");
		}
	}

	private static void find(String key, SecretContent content) {
		List<SecretReference> references;
		try {
			references = ReferenceText.parse("$<secret:a" + key + ">").references();
		}
		catch (ReferenceSyntaxException ex) {
			return;
		}
		for (SecretReference reference : references) {
			try {
				Objects.requireNonNull(content.find(reference.resolve((placeholder) -> placeholder).key()));
			}
			catch (ReferenceSyntaxException ex) {
				// What AWS would refuse
			}
		}
	}

	private static void require(String key, SecretContent content) {
		KeyResult exact = content.find(new KeySelector.Exact(key));
		KeyResult pointer = content.find(new KeySelector.Pointer(List.of(key)));
		if (!(exact instanceof KeyResult.Found) && !(exact instanceof KeyResult.NullValue)) {
			throw new IllegalStateException("A key that is listed and not found");
		}
		if (exact instanceof KeyResult.Found && !exact.equals(pointer)) {
			throw new IllegalStateException("A key that its pointer does not find");
		}
	}

}
