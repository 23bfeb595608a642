package io.github.awssecrets.docs;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

import org.apache.maven.shared.filtering.MultiDelimiterInterpolatorFilterReaderLineEnding;
import org.codehaus.plexus.interpolation.MapBasedValueSource;
import org.codehaus.plexus.interpolation.SimpleRecursionInterceptor;
import org.codehaus.plexus.interpolation.multi.MultiDelimiterStringSearchInterpolator;
import org.jspecify.annotations.Nullable;

/**
 * Filters an {@code application.yml} with the classes of maven-resources-plugin, where
 * the pom has the property {@code app.env} with value {@code build}, and loads the
 * result.
 *
 * @param delimiters the delimiters that are active
 * @param escapeString the text that makes a delimiter literal, if there is one
 */
record MavenFiltering(List<String> delimiters, @Nullable String escapeString) implements QuotingFormat {

	/**
	 * As spring-boot-starter-parent configures it: {@code useDefaultDelimiters} is
	 * {@code false}, and {@code resource.delimiter} is {@code @}.
	 */
	static final MavenFiltering STARTER_PARENT = new MavenFiltering(List.of("@"), null);

	/**
	 * As Maven is by itself, with the {@code escapeString} that the page asks for.
	 */
	static final MavenFiltering OWN_DELIMITERS = new MavenFiltering(List.of("${*}", "@"), "\\");

	@Override
	public Map<String, String> load(String example) throws IOException {
		return BootFormats.yaml(filter(example));
	}

	private String filter(String example) throws IOException {
		MultiDelimiterStringSearchInterpolator interpolator = new MultiDelimiterStringSearchInterpolator();
		interpolator.setDelimiterSpecs(new LinkedHashSet<>(this.delimiters));
		interpolator.addValueSource(new MapBasedValueSource(Map.of("app.env", "build")));
		interpolator.setEscapeString(this.escapeString);
		MultiDelimiterInterpolatorFilterReaderLineEnding reader = new MultiDelimiterInterpolatorFilterReaderLineEnding(
				new StringReader(example), interpolator, new SimpleRecursionInterceptor(), true);
		reader.setDelimiterSpecs(new LinkedHashSet<>(this.delimiters));
		reader.setEscapeString(this.escapeString);
		StringWriter result = new StringWriter();
		reader.transferTo(result);
		return result.toString();
	}

}
