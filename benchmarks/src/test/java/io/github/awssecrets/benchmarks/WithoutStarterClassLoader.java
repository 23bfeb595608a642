package io.github.awssecrets.benchmarks;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;

import io.github.awssecrets.env.SecretsProperties;

/**
 * A class loader that hides from Spring all that the starter registers: the entries of
 * its {@code spring.factories}, and its auto-configurations.
 */
final class WithoutStarterClassLoader extends ClassLoader {

	private final String hidden = SecretsProperties.class.getProtectionDomain()
		.getCodeSource()
		.getLocation()
		.toExternalForm();

	WithoutStarterClassLoader(ClassLoader parent) {
		super(parent);
	}

	@Override
	public Enumeration<URL> getResources(String name) throws IOException {
		return Collections.enumeration(Collections.list(super.getResources(name))
			.stream()
			.filter((url) -> !url.toExternalForm().contains(this.hidden))
			.toList());
	}

}
