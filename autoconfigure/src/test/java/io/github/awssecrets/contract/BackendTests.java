package io.github.awssecrets.contract;

import io.github.awssecrets.testing.LocalStack;
import org.junit.jupiter.api.Test;
import org.testcontainers.utility.DockerImageName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Backend}, as far as none is started.
 */
class BackendTests {

	@Test
	void absenceOfTheEmbeddedServerThereIsNone() {
		assertThat(Backend.EMBEDDED.absence()).isNull();
	}

	@Test
	void imageWhenNoneIsNamedIsPinned() {
		assertThat(LocalStack.image(null).asCanonicalNameString()).isEqualTo("localstack/localstack:4.14.0");
		assertThat(LocalStack.image("").asCanonicalNameString()).isEqualTo("localstack/localstack:4.14.0");
	}

	@Test
	void imageWhenAnotherIsNamedTakesThePlaceOfLocalStack() {
		DockerImageName image = LocalStack.image("registry.example.com/team/emulator:7");
		assertThat(image.asCanonicalNameString()).isEqualTo("registry.example.com/team/emulator:7");
		image.assertCompatibleWith(DockerImageName.parse(LocalStack.IMAGE));
	}

}
