package io.github.awssecrets.env;

import java.util.Map;

import io.github.awssecrets.reference.ReferenceText;
import io.github.awssecrets.reference.ResolvedReference;

import org.springframework.core.env.MapPropertySource;

/**
 * References of a property {@code app.key}, for tests of messages.
 *
 * @param use the reference where it stands
 * @param reference what it asks for
 */
record Uses(ReferenceUse use, ResolvedReference reference) {

	static Uses of(String text) {
		SourceProperty property = SourceProperty.of(new MapPropertySource("test", Map.of("app.key", text)), "app.key",
				text);
		ReferenceText.Reference segment = (ReferenceText.Reference) ReferenceText.parse(text).segments().get(0);
		ReferenceUse use = new ReferenceUse(property, segment.reference(), segment.column());
		return new Uses(use, segment.reference().resolve((placeholder) -> placeholder));
	}

}
