package io.github.awssecrets.embedded.junit;

import io.github.awssecrets.embedded.VersionChange;
import io.github.awssecrets.embedded.VersionListener;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Tells an application of rotations, as long as it runs and if it has beans that follow
 * them. The starter contributes one, where its auto-configurations are used; a slice has
 * none.
 *
 * @param context the context of the application
 */
record ContextVersionListener(ApplicationContext context) implements VersionListener {

	@Override
	public void rotated(VersionChange rotation) {
		if (this.context instanceof ConfigurableApplicationContext closeable && !closeable.isActive()) {
			return;
		}
		this.context.getBeanProvider(VersionListener.class).forEach((listener) -> listener.rotated(rotation));
	}

}
