package io.github.awssecrets.sample.web;

import java.util.Map;

import io.github.awssecrets.env.SecretOrigin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SecretVersions}.
 */
class SecretVersionsTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	private final SecretVersions versions = new SecretVersions(this.environment);

	@Test
	void inUseWhenNothingComesFromSecretIsEmpty() {
		assertThat(this.versions.inUse()).isEmpty();
	}

	@Test
	void inUseGroupsPropertiesBySecretAndVersion() {
		this.environment.getPropertySources()
			.addFirst(new Source("file",
					Map.of("db.user", Map.of("prod/db", "v1"), "db.password", Map.of("prod/db", "v1"), "db.previous",
							Map.of("prod/db", "v0"), "db.url", Map.of("prod/db", "v1", "dev/host", "v7"))));
		assertThat(this.versions.inUse()).extracting(SecretVersion::toString)
			.containsExactly("SecretVersion[secretId=dev/host, versionId=v7, properties=[db.url]]",
					"SecretVersion[secretId=prod/db, versionId=v0, properties=[db.previous]]",
					"SecretVersion[secretId=prod/db, versionId=v1, properties=[db.password, db.url, db.user]]");
	}

	@Test
	void inUseWhenPropertyIsOverriddenLeavesItOut() {
		this.environment.getPropertySources().addFirst(new Source("file", Map.of("db.user", Map.of("prod/db", "v1"))));
		this.environment.getPropertySources().addFirst(new MapPropertySource("override", Map.of("db.user", "plain")));
		assertThat(this.versions.inUse()).isEmpty();
	}

	/**
	 * A source that knows for each of its properties the versions it comes from, and
	 * fails when a value is read.
	 */
	private static final class Source extends MapPropertySource implements OriginLookup<String> {

		private final Map<String, Map<String, String>> versions;

		Source(String name, Map<String, Map<String, String>> versions) {
			super(name, Map.copyOf(versions));
			this.versions = versions;
		}

		@Override
		public Object getProperty(String name) {
			throw new AssertionError("Read " + name);
		}

		@Override
		public @Nullable Origin getOrigin(String name) {
			return new SecretOrigin(null, this.versions.get(name));
		}

	}

}
