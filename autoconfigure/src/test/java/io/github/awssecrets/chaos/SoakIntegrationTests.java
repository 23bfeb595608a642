package io.github.awssecrets.chaos;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.awssecrets.refresh.SecretsWatcher;
import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.DrivenTime;
import io.github.awssecrets.testing.Proof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Proof that an application that follows secrets for years keeps nothing: polls over
 * HTTP, with a rotation now and then, and what is in use measured all along.
 */
@Timeout(7200)
class SoakIntegrationTests extends AbstractApplicationTests {

	private static final int POLLS = Proof.SOAK.count();

	private static final int POLLS_A_ROTATION = 100;

	private static final int SAMPLES = 10;

	/**
	 * What the heap may grow by for each poll, which is what measuring is uncertain by.
	 */
	private static final double BYTES_A_POLL = 10_000_000.0 / POLLS;

	private final DrivenTime time = new DrivenTime();

	@Test
	void applicationWhenItPollsForYearsKeepsNothing() throws IOException {
		server.create("soak/db", Canary.json("soak/db", 0, "password"));
		server.create("soak/api", Canary.json("soak/api", 0, "key"));
		try (ConfigurableApplicationContext context = application()
			.yaml("app:\n  password: $<secret:soak/db.password>\n  key: $<secret:soak/api.key>\n")
			// Thousands of rotations
			.arguments("--logging.level.io.github.awssecrets=warn")
			.watched(this.time)
			.run()) {
			List<Sample> samples = new ArrayList<>();
			int version = 0;
			poll(POLLS / SAMPLES);
			for (int sample = 0; sample < SAMPLES; sample++) {
				samples.add(Sample.take((long) sample * (POLLS / SAMPLES)));
				for (int poll = 0; poll < POLLS / SAMPLES; poll += POLLS_A_ROTATION) {
					server.put("soak/db", Canary.json("soak/db", ++version, "password"));
					poll(Math.min(POLLS_A_ROTATION, POLLS / SAMPLES));
					assertThat(has(context, version)).as("version %d is in use", version).isTrue();
				}
			}
			samples.add(Sample.take(POLLS));
			report(context, samples, version);
		}
	}

	private void poll(int times) {
		server.clearCalls();
		for (int i = 0; i < times; i++) {
			this.time.advance(CoreRun.INTERVAL);
		}
	}

	private static boolean has(ConfigurableApplicationContext context, int version) {
		return Canary.value("soak/db.password", version).equals(context.getEnvironment().getProperty("app.password"));
	}

	private static void report(ConfigurableApplicationContext context, List<Sample> samples, int rotations) {
		double slope = slope(samples);
		Sample first = samples.get(0);
		Sample last = samples.get(samples.size() - 1);
		long polls = context.getBean(SecretsWatcher.class).status().polls();
		Proof.report(("%d polls, %d rotations: heap %+.3f bytes for each poll, threads %d -> %d, handles %d -> %d, "
				+ "sockets among them %d -> %d")
			.formatted(polls, rotations, slope, first.threads(), last.threads(), first.handles(), last.handles(),
					first.sockets(), last.sockets()));
		assertThat(polls).isGreaterThanOrEqualTo(POLLS);
		assertThat(slope).as("bytes of heap for each poll").isLessThan(BYTES_A_POLL);
		assertThat(last.threads()).as("threads").isLessThanOrEqualTo(first.threads() + 5);
		assertThat(last.handles()).as("handles").isLessThanOrEqualTo(first.handles() + 10);
		assertThat(last.sockets()).as("sockets").isLessThanOrEqualTo(first.sockets() + 5);
	}

	/** The slope of the line of least squares. */
	private static double slope(List<Sample> samples) {
		double meanPolls = samples.stream().mapToLong(Sample::polls).average().orElseThrow();
		double meanHeap = samples.stream().mapToLong(Sample::heap).average().orElseThrow();
		double products = 0;
		double squares = 0;
		for (Sample sample : samples) {
			products += (sample.polls() - meanPolls) * (sample.heap() - meanHeap);
			squares += (sample.polls() - meanPolls) * (sample.polls() - meanPolls);
		}
		return products / squares;
	}

	/**
	 * What is in use after some polls.
	 *
	 * @param polls the number of polls
	 * @param heap the bytes that are left after a collection
	 * @param threads the number of threads
	 * @param handles the number of open files and sockets; 0 where this cannot be known
	 * @param sockets the number of sockets among them
	 */
	private record Sample(long polls, long heap, int threads, int handles, int sockets) {

		private static final File HANDLES = new File("/proc/self/fd");

		static Sample take(long polls) throws IOException {
			Runtime runtime = Runtime.getRuntime();
			long heap = Long.MAX_VALUE;
			for (int i = 0; i < 3; i++) {
				System.gc();
				heap = Math.min(heap, runtime.totalMemory() - runtime.freeMemory());
			}
			String[] names = HANDLES.list();
			int sockets = 0;
			for (String name : (names != null) ? names : new String[0]) {
				sockets += isSocket(Path.of(HANDLES.getPath(), name)) ? 1 : 0;
			}
			return new Sample(polls, heap, ManagementFactory.getThreadMXBean().getThreadCount(),
					(names != null) ? names.length : 0, sockets);
		}

		private static boolean isSocket(Path handle) {
			try {
				return Files.readSymbolicLink(handle).toString().startsWith("socket:");
			}
			catch (IOException ex) {
				// Closed meanwhile
				return false;
			}
		}

	}

}
