package io.github.awssecrets.contract;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * A test execution listener that counts the cases that ran against each backend, and
 * prints one line about them when a test plan is done, which is each class where several
 * JVMs share out the classes. JUnit finds it through the service loader. It prints
 * nothing where no case was selected.
 */
public final class ContractListener implements TestExecutionListener {

	private static final String PACKAGE = ContractListener.class.getPackageName() + ".";

	private final PrintStream out;

	private final Map<Backend, Counts> counts = new EnumMap<>(Backend.class);

	/**
	 * Create a listener that prints to the standard output.
	 */
	public ContractListener() {
		this(System.out);
	}

	ContractListener(PrintStream out) {
		this.out = out;
	}

	@Override
	public synchronized void executionSkipped(TestIdentifier test, String reason) {
		find(test).ifPresent((found) -> {
			found.absence = reason;
			found.skipped++;
		});
	}

	@Override
	public synchronized void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
		find(test).ifPresent((found) -> found.add(entry.getKeyValuePairs()));
	}

	@Override
	public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
		boolean failed = result.getStatus() == Status.FAILED;
		if (test.isTest() || failed) {
			find(test).ifPresent((found) -> {
				found.cases += test.isTest() ? 1 : 0;
				found.failures += failed ? 1 : 0;
				found.aborted += (result.getStatus() == Status.ABORTED) ? 1 : 0;
			});
		}
	}

	@Override
	public synchronized void testPlanExecutionFinished(TestPlan testPlan) {
		if (!this.counts.isEmpty()) {
			this.out.println("contract: " + this.counts.entrySet()
				.stream()
				.map((entry) -> entry.getKey() + entry.getValue().version + " " + entry.getValue())
				.collect(Collectors.joining(", ")));
			this.counts.clear();
		}
	}

	private Optional<Counts> find(TestIdentifier test) {
		return test.getSource()
			.map(ContractListener::type)
			.flatMap(ContractExtension::backend)
			.map((backend) -> this.counts.computeIfAbsent(backend, (key) -> new Counts()));
	}

	/** No class of another package is loaded only to be looked at. */
	private static @Nullable Class<?> type(TestSource source) {
		if (source instanceof MethodSource method && method.getClassName().startsWith(PACKAGE)) {
			return method.getJavaClass();
		}
		return (source instanceof ClassSource container && container.getClassName().startsWith(PACKAGE))
				? container.getJavaClass() : null;
	}

	/**
	 * What ran against one backend.
	 */
	private static final class Counts {

		private int cases;

		private int deviations;

		private int failures;

		private int skipped;

		private int aborted;

		private final List<String> differences = new ArrayList<>();

		private String basis = "";

		private String version = "";

		private @Nullable String absence;

		private void add(Map<String, String> entry) {
			this.deviations += entry.containsKey(ContractExtension.DEVIATION_ENTRY) ? 1 : 0;
			String difference = entry.get(ContractExtension.DIFFERENCE_ENTRY);
			if (difference != null) {
				this.differences.add(difference);
				this.basis = String.valueOf(entry.get(ContractExtension.BASIS_ENTRY));
			}
			String told = entry.get(ContractExtension.VERSION_ENTRY);
			this.version = (told != null) ? " " + told : this.version;
		}

		@Override
		public String toString() {
			if (this.cases == 0 && this.absence != null) {
				return "not run: " + this.absence;
			}
			int withoutReason = this.aborted - this.differences.size();
			String details = Stream
				.of((this.failures > 0) ? this.failures + " FAILED" : "",
						(this.deviations > 0) ? count(this.deviations, "known deviation") : "",
						(this.skipped > 0) ? this.skipped + " SKIPPED" : "",
						(withoutReason > 0) ? withoutReason + " ABORTED" : "", differences())
				.filter((detail) -> !detail.isEmpty())
				.collect(Collectors.joining(", "));
			return count(this.cases, "case") + (details.isEmpty() ? "" : " (" + details + ")");
		}

		private String differences() {
			int count = this.differences.size();
			return (count == 0) ? "" : "%s %s from %s: %s".formatted(count(count, "case"),
					(count == 1) ? "differs" : "differ", this.basis, String.join(" ", this.differences));
		}

		private static String count(int count, String noun) {
			return "%d %s%s".formatted(count, noun, (count == 1) ? "" : "s");
		}

	}

}
