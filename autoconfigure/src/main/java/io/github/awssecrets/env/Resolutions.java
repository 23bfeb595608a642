package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.PlaceholderResolutionException;

/**
 * What properties resolve to. Those that other properties have a part in are resolved
 * when this is made. The others are resolved when somebody asks for them, which reads no
 * property: any thread may do that while others add some.
 */
final class Resolutions {

	private static final Log logger = LogFactory.getLog(Resolutions.class);

	private final TwinValues twinValues;

	private final Map<SourceProperty, Resolution> withOthers;

	/**
	 * Resolve the properties that other properties have a part in.
	 * @param effective the properties that will be asked for
	 * @param properties the properties of the Environment
	 * @param twinValues resolves them
	 */
	Resolutions(Iterable<SourceProperty> effective, SourceProperties properties, TwinValues twinValues) {
		this.twinValues = twinValues;
		List<SourceProperty> withOthers = new ArrayList<>();
		for (SourceProperty property : effective) {
			if (TwinValues.hasPlaceholders(property)) {
				withOthers.add(property);
			}
		}
		this.withOthers = withOthers.isEmpty() ? Map.of()
				: properties.withNamesAsTheyAre(() -> resolve(withOthers, twinValues));
	}

	private static Map<SourceProperty, Resolution> resolve(List<SourceProperty> properties, TwinValues twinValues) {
		Map<SourceProperty, Resolution> resolutions = new HashMap<>();
		properties.forEach((property) -> resolutions.put(property, resolve(property, twinValues)));
		return resolutions;
	}

	/**
	 * Return what a property resolves to.
	 * @param property the property
	 * @return its text, or why there is none
	 */
	Resolution of(SourceProperty property) {
		Resolution resolution = this.withOthers.get(property);
		return (resolution != null) ? resolution : resolve(property, this.twinValues);
	}

	private static Resolution resolve(SourceProperty property, TwinValues twinValues) {
		try {
			return new Resolution(twinValues.resolve(property), List.of());
		}
		catch (UnresolvedReferenceException ex) {
			return new Resolution(null, ex.getProblems());
		}
		catch (PlaceholderResolutionException ex) {
			return new Resolution(null, List.of(ReferenceProblems.placeholder(property, ex)));
		}
		catch (RuntimeException ex) {
			logger.debug("Property '%s' cannot be read yet".formatted(property.name()));
			return new Resolution(null, List.of());
		}
	}

	/**
	 * What a property resolves to.
	 *
	 * @param text the text, or {@code null} if there is none
	 * @param problems why there is none
	 */
	record Resolution(@Nullable ResolvedText text, List<ReferenceProblem> problems) {

		boolean hasReferences() {
			return this.text != null && this.text.hasReferences();
		}

	}

}
