package io.github.awssecrets.env;

import io.github.awssecrets.reference.ResolvedReference;
import org.jspecify.annotations.Nullable;

/**
 * A setting of ours that names a secret, where it stands.
 *
 * @param property the setting
 */
record SettingUse(SourceProperty property) implements SecretUse {

	@Override
	public String noun() {
		return "setting";
	}

	@Override
	public @Nullable String otherReading(ResolvedReference reference) {
		return null;
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
