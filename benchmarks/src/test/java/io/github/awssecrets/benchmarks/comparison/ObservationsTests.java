package io.github.awssecrets.benchmarks.comparison;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.Map;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Observations}, and for what is made of them.
 */
class ObservationsTests {

	private final Observations observations = new Observations();

	@Test
	void valuesOfWhatIsAddedAreDifferencesOfTheSameRound() {
		add(Measure.READY, Variant.PLAIN, 1, 1, 2.0);
		add(Measure.READY, Variant.STARTER, 1, 1, 2.5);
		add(Measure.READY, Variant.PLAIN, 1, 2, 3.0);
		add(Measure.READY, Variant.STARTER, 1, 2, 3.75);
		add(Measure.READY, Variant.STARTER, 1, 3, 9.0);
		assertThat(this.observations.values(Measure.READY, Variant.STARTER, 1)).isEqualTo(Map.of(1, 0.5, 2, 0.75));
	}

	@Test
	void fileIsContinued(@TempDir Path directory) {
		Path file = directory.resolve("new/observations.csv");
		new Observations(file).add(new Observation(Measure.IDLE_TIME, Variant.PEER, 100, "default", 1, 2.5));
		Observations continued = new Observations(file);
		assertThat(continued.nextRound()).isEqualTo(2);
		continued.add(new Observation(Measure.IDLE_TIME, Variant.PEER, 100, "default", 2, 3.5));
		assertThat(new Observations(file).values(Measure.IDLE_TIME, Variant.PEER, 100))
			.isEqualTo(Map.of(1, 2.5, 2, 3.5));
	}

	@Test
	void gatesNameEveryWrongCount() {
		add(Measure.START_CALLS, Variant.STARTER, 100, 1, 5);
		add(Measure.START_CALLS, Variant.PEER, 100, 1, 100);
		add(Measure.FIVE_REFRESHES, Variant.STARTER, 100, 1, 1);
		assertThat(Target.brokenGates(this.observations)).isEmpty();
		add(Measure.START_CALLS, Variant.STARTER, 101, 2, 5);
		add(Measure.FIVE_REFRESHES, Variant.STARTER, 100, 2, 5);
		assertThat(Target.brokenGates(this.observations)).containsExactly(
				"calls at start-up, N=101, round 2: 5 instead of 6",
				"refreshes for five rotations in one poll, N=100, round 2: 5 instead of 1");
	}

	@Test
	void tableSaysWhetherTargetsAreMet() {
		for (int round = 1; round <= 3; round++) {
			add(Measure.START_CALLS, Variant.STARTER, 100, round, 5);
			add(Measure.START_CALLS, Variant.PEER, 100, round, 100);
			add(Measure.IDLE_TIME, Variant.STARTER, 100, round, 0.1);
			add(Measure.IDLE_TIME, Variant.PEER, 100, round, 2.5);
			add(Measure.FIVE_TIME, Variant.STARTER, 100, round, 1);
			add(Measure.FIVE_TIME, Variant.PEER, 100, round, 10);
			addReady(1, 0.5, round);
			addReady(500, 0.6, round);
		}
		assertThat(Table.of(this.observations)).contains("| calls at start-up | 100 | 100 | 5 |  |  | 3 | 5 | met |",
				"| idle poll | 100 | 2.5 s | 0.100 s | 0.040 | 0.040 to 0.040 | 3 | 0.050 | met |",
				"| five rotations, to end of last refresh | 100 | 10.0 s | 1.0 s | 0.100 | 0.100 to 0.100 | 3 | 0.033 | missed |",
				"| time to ready, added, beside our own with N=1 | 500 |  | 0.600 s | 1.200 | 1.200 to 1.200 | 3 | 1.100 | missed |");
	}

	@Test
	void tableWhenFewerCallsThanGateIsMissed() {
		add(Measure.IDLE_CALLS, Variant.STARTER, 100, 1, 0);
		assertThat(Table.of(this.observations))
			.contains("| calls of an idle poll | 100 |  | 0 |  |  | 1 | 5 | missed |");
	}

	@Test
	void tableWhenThereAreTooFewRoundsSaysNoVerdict() {
		add(Measure.IDLE_TIME, Variant.STARTER, 100, 1, 0.1);
		add(Measure.IDLE_TIME, Variant.PEER, 100, 1, 2.5);
		assertThat(Table.of(this.observations))
			.contains("| idle poll | 100 | 2.5 s | 0.100 s | 0.040 |  | 1 | 0.050 | interval not known |");
	}

	@Test
	void tableTellsHowCostsGrow() {
		for (int secrets = 1; secrets <= 1000; secrets *= 10) {
			add(Measure.START_SPAN, Variant.PEER, secrets, 1, secrets / 40.0);
		}
		assertThat(Table.of(this.observations))
			.contains("| first to last call at start-up | peer | 0.025 s | 0.250 s | 2.5 s | 25.0 s | 1.00 |");
	}

	@Test
	void tableComparesJvms() {
		for (int round = 1; round <= 2; round++) {
			this.observations.add(new Observation(Measure.READY, Variant.PLAIN, 1, "JDK 25", round, 1));
			this.observations.add(new Observation(Measure.READY, Variant.STARTER, 1, "JDK 25", round, 1.5));
		}
		assertThat(Table.of(this.observations))
			.contains("| JDK 25 | 1.00 s | 1.00 s to 1.00 s | 1.50 s | 1.50 s to 1.50 s | 2 |");
	}

	@Test
	void plotIsSvgWithLineOfEachVariant() throws Exception {
		for (int secrets = 1; secrets <= 100; secrets *= 10) {
			add(Measure.IDLE_TIME, Variant.PEER, secrets, 1, secrets / 40.0);
			add(Measure.IDLE_TIME, Variant.STARTER, secrets, 1, 0.03);
		}
		Document svg = DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(new InputSource(new StringReader(Plot.of(this.observations))));
		assertThat(svg.getElementsByTagName("polyline").getLength()).isPositive();
		assertThat(Plot.of(this.observations)).contains("Spring Cloud AWS", "idle poll").doesNotContain("NaN");
	}

	private void addReady(int secrets, double starter, int round) {
		add(Measure.READY, Variant.PLAIN, secrets, round, 2);
		add(Measure.READY, Variant.STARTER, secrets, round, 2 + starter);
	}

	private void add(Measure measure, Variant variant, int secrets, int round, double value) {
		this.observations.add(new Observation(measure, variant, secrets, Observation.DEFAULT_JVM, round, value));
	}

}
