package io.github.awssecrets.env;

import java.util.Map;

import io.github.awssecrets.reference.ReferenceSyntax;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link SuspiciousTexts}.
 */
@ExtendWith(OutputCaptureExtension.class)
class SuspiciousTextsTests {

	private final SuspiciousTexts texts = new SuspiciousTexts(ReferenceSyntax.REFERENCES);

	@Test
	void nearMissIsWarnedOfOnce(CapturedOutput output) {
		warn("a $<secrets:prod/db.password>");
		warn("a $<secrets:prod/db.password>");
		assertThat(output.toString().lines().filter((line) -> line.contains("'$<secrets:' is no reference")))
			.hasSize(1);
	}

	@Test
	void springPlaceholderThatLooksLikeReferenceIsWarnedOf(CapturedOutput output) {
		warn("${secret:plain}");
		assertThat(output).doesNotContain("Write $<secret");
		warn("${secret:plain} ${secret:prod/db.password}");
		assertThat(output).contains("app in property source 'test': ${secret:...} is a placeholder of Spring's");
	}

	@Test
	void springPlaceholdersAreWarnedOfOnceForAllOfThem(CapturedOutput output) {
		warn("${secret:prod/db.password}");
		warn("${secret:prod/other.password}");
		assertThat(output.toString().lines().filter((line) -> line.contains("${secret:...}"))).singleElement()
			.asString()
			.endsWith("app in property source 'test': ${secret:...} is a placeholder of Spring's, not a reference. "
					+ "Write $<secret:name.key>, or set aws.secrets.spring-placeholders=true. Others are not warned of");
	}

	@Test
	void springPlaceholderWhenItIsReferenceIsNotWarnedOf(CapturedOutput output) {
		warn(new SuspiciousTexts(ReferenceSyntax.REFERENCES_AND_PLACEHOLDERS), "${secret:prod/db.password}");
		assertThat(output).doesNotContain("${secret:...}");
	}

	@Test
	void unclosedPlaceholdersAreNoReference(CapturedOutput output) {
		warn("${secret:".repeat(100_000) + ".");
		assertThat(output).doesNotContain("Write $<secret");
	}

	@Test
	void emptyNameIsLeftAlone() {
		MutablePropertySources sources = new MutablePropertySources();
		sources.addLast(new MapPropertySource("test", Map.of("", "${secret:prod/db.password}$<secret:prod/db>")));
		SourceProperties properties = new SourceProperties(sources);
		this.texts.warn(properties);
		TextResolver resolver = new TextResolver(properties::find, ReferencePolicy.ALLOW_ALL,
				ReferenceSyntax.REFERENCES);
		assertThat(ReferenceScan.of(properties, resolver).isEmpty()).isTrue();
	}

	private void warn(String text) {
		warn(this.texts, text);
	}

	private void warn(SuspiciousTexts texts, String text) {
		MutablePropertySources sources = new MutablePropertySources();
		sources.addLast(new MapPropertySource("test", Map.of("app", text)));
		texts.warn(new SourceProperties(sources));
	}

}
