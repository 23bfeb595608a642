package io.github.awssecrets.testing;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Proof}.
 */
class ProofTests {

	@Test
	void countWhenNothingIsChosenIsThatOfEachBuild() {
		assertThat(Proof.IDLE_POLLS.count("")).isEqualTo(50_000);
	}

	@Test
	void countWhenAllIsChosenIsLarge() {
		assertThat(Proof.IDLE_POLLS.count("all")).isEqualTo(1_000_000);
	}

	@Test
	void countWhenPartsAreChosenIsLargeForTheseOnly() {
		String chosen = " rotations, idle-polls";
		assertThat(Proof.IDLE_POLLS.count(chosen)).isEqualTo(1_000_000);
		assertThat(Proof.ROTATIONS.count(chosen)).isEqualTo(2_000);
		assertThat(Proof.BOOTSTRAP_ROTATIONS.count(chosen)).isEqualTo(20);
	}

	@Test
	void countWhenThereIsNoSuchPartFails() {
		assertThatIllegalArgumentException().isThrownBy(() -> Proof.IDLE_POLLS.count("rotations,polls"))
			.withMessageStartingWith("-Dproof=polls: there are [idle-polls, rotations, ")
			.withMessageEndingWith(", all]");
	}

}
