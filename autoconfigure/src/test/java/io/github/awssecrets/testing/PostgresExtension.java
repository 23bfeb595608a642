package io.github.awssecrets.testing;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link PostgresDatabase}: one for all test classes of the JVM, which ends
 * with the last of them.
 */
public final class PostgresExtension implements ParameterResolver {

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace
		.create(PostgresExtension.class);

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == PostgresDatabase.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return context.getRoot()
			.getStore(NAMESPACE)
			.computeIfAbsent(PostgresDatabase.class, (key) -> start(), PostgresDatabase.class);
	}

	private static PostgresDatabase start() {
		try {
			return PostgresDatabase.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
