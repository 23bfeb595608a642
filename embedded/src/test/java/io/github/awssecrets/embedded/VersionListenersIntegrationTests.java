package io.github.awssecrets.embedded;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for listeners to the rotations of a {@link SecretsServer}.
 */
class VersionListenersIntegrationTests {

	private final SecretsServer server = SecretsServer.builder()
		.secret("prod/db = {\"password\":\"one\"}")
		.secret("prod/other = {\"key\":\"one\"}")
		.start();

	private final List<VersionChange> rotations = new ArrayList<>();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void rotateTellsListenersOfCurrentVersion() {
		this.server.addVersionListener((rotation) -> {
			assertThat(rotation.versionId()).isEqualTo(this.server.versionId("prod/db"));
			this.rotations.add(rotation);
		});
		String versionId = this.server.rotate("prod/db", "password", "two");
		assertThat(this.rotations)
			.containsExactly(new VersionChange("eu-west-1", "prod/db", this.server.arn("prod/db"), versionId));
	}

	@Test
	void rotateWhenInAnotherRegionTellsListeners() {
		this.server.addVersionListener(this.rotations::add);
		SecretOperations secrets = this.server.inRegion("us-east-1");
		secrets.create("prod/db", "{\"password\":\"one\"}");
		secrets.rotate("prod/db", "password", "two");
		assertThat(this.rotations).extracting(VersionChange::region).containsExactly("us-east-1");
	}

	@Test
	void rotateWhenListenersFailTellsTheOthersAndThrowsAll() {
		this.server.addVersionListener((rotation) -> {
			throw new IllegalStateException("first");
		});
		this.server.addVersionListener(this.rotations::add);
		this.server.addVersionListener((rotation) -> {
			throw new IllegalStateException("second");
		});
		assertThatIllegalStateException().isThrownBy(() -> this.server.rotate("prod/db", "password", "two"))
			.withMessage("first")
			.satisfies((ex) -> assertThat(ex.getSuppressed()).singleElement()
				.satisfies((other) -> assertThat(other).hasMessage("second")));
		assertThat(this.rotations).hasSize(1);
		assertThat(this.server.versionIds("prod/db")).hasSize(2);
	}

	@Test
	void rotateWhenListenerFailsAtVersionThatIsCurrentNoMoreReturns() {
		this.server.addVersionListener((rotation) -> {
			this.server.put("prod/db", "{\"password\":\"three\"}");
			throw new IllegalStateException("too late");
		});
		this.server.rotate("prod/db", "password", "two");
		assertThat(this.server.versionIds("prod/db")).hasSize(3);
	}

	@Test
	void listenerWhenAddedTwiceIsToldOnceAndWhenRemovedNoMore() {
		VersionListener listener = this.rotations::add;
		this.server.addVersionListener(listener);
		this.server.addVersionListener(listener);
		this.server.rotate("prod/db", "password", "two");
		assertThat(this.rotations).hasSize(1);
		this.server.removeVersionListener(listener);
		this.server.rotate("prod/db", "password", "three");
		assertThat(this.rotations).hasSize(1);
	}

	@Test
	void otherOperationsTellNobody() {
		this.server.addVersionListener(this.rotations::add);
		String first = this.server.versionId("prod/db");
		this.server.put("prod/db", "{\"password\":\"two\"}");
		this.server.moveStage("prod/db", "AWSCURRENT", first);
		this.server.delete("prod/db", 7);
		this.server.restore("prod/db");
		assertThat(this.rotations).isEmpty();
	}

	@Test
	void resetTellsOfWhatGoesBack() {
		String first = this.server.versionId("prod/db");
		this.server.rotate("prod/db", "password", "two");
		this.server.addVersionListener(this.rotations::add);
		this.server.reset();
		assertThat(this.rotations)
			.containsExactly(new VersionChange("eu-west-1", "prod/db", this.server.arn("prod/db"), first));
		this.server.reset();
		assertThat(this.rotations).hasSize(1);
	}

}
