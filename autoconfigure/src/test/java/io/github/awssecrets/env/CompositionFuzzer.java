package io.github.awssecrets.env;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySourcesPropertyResolver;
import org.springframework.expression.common.TemplateParserContext;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/**
 * Fuzzes the escapes that keep the content of secrets from being resolved or evaluated:
 * whatever it is, it comes out of Spring's own placeholder and expression parsers as it
 * went in.
 */
public final class CompositionFuzzer {

	private static final SpelExpressionParser EXPRESSIONS = new SpelExpressionParser();

	private CompositionFuzzer() {
	}

	/**
	 * Run once.
	 * @param data the content in UTF-8
	 */
	public static void fuzzerTestOneInput(byte[] data) {
		String content = new String(data, StandardCharsets.UTF_8);
		String escaped = SpringEscapes.escapePlaceholders(content);
		MutablePropertySources sources = new MutablePropertySources();
		sources.addLast(new MapPropertySource("fuzz", Map.of("whole", escaped, "chained", "${whole}")));
		PropertySourcesPropertyResolver resolver = new PropertySourcesPropertyResolver(sources);
		require(content, resolver.getProperty("whole"));
		require(content, resolver.getProperty("chained"));
		if (!content.isEmpty()) {
			require(content, evaluate(SpringEscapes.escapeExpressions(List.of(new SecretValues.Part(content, true)))));
		}
	}

	private static String evaluate(String text) {
		return EXPRESSIONS.parseExpression(text, new TemplateParserContext()).getValue(String.class);
	}

	private static void require(String content, String actual) {
		if (!content.equals(actual)) {
			throw new IllegalStateException("Content of %d characters came out changed".formatted(content.length()));
		}
	}

}
