package io.github.awssecrets.env;

import io.github.awssecrets.reference.ResolvedReference;
import io.github.awssecrets.reference.SecretId;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;

/**
 * An import where it stands.
 *
 * @param property the property that it is written in, its text that of this import only
 */
record ImportUse(SourceProperty property) implements SecretUse {

	private static final String PROPERTY = "spring.config.import";

	static ImportUse of(ConfigDataLocation location) {
		Origin origin = location.getOrigin();
		return new ImportUse(
				(origin instanceof PropertySourceOrigin written)
						? new SourceProperty(written.getPropertyName(), location.toString(),
								written.getPropertySource(), origin)
						: new SourceProperty(PROPERTY, location.toString(), null, origin));
	}

	/**
	 * Return where this import is written.
	 * @return the origin, or {@code null} if it is not known
	 */
	@Nullable Origin origin() {
		Origin origin = this.property.origin();
		return (origin instanceof PropertySourceOrigin written && written.getOrigin() != null) ? written.getOrigin()
				: origin;
	}

	@Override
	public String noun() {
		return "import";
	}

	@Override
	public @Nullable String otherReading(ResolvedReference reference) {
		SecretId id = reference.selector().id();
		int dot = id.value().indexOf('.', id.value().lastIndexOf('/') + 1);
		return (dot > 0 && !id.isArn())
				? "(All of it is the name of a secret; one key of a secret takes a reference: $<secret:%s>.)"
					.formatted(id)
				: null;
	}

	@Override
	public ReferenceProblem problem(String description, String action) {
		return ReferenceProblem.of(this.property, this.property.text(), description, action);
	}

	@Override
	public String toString() {
		return "%s in %s".formatted(this.property.text(), this.property);
	}

}
