package io.github.awssecrets.testing;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * A test execution listener that watches the standard streams of the JVM while tests run,
 * and the exceptions, names and entries that tests report. JUnit finds it through the
 * service loader wherever this module's test jar is on the class path. JUnit also
 * swallows what a listener throws, so findings go to a {@link CanaryLog} and fail the
 * build in {@link CanaryCheck}.
 */
public final class CanaryListener implements TestExecutionListener {

	private final CanaryLog log;

	private volatile String current = "before the first test";

	private @Nullable CanaryTee out;

	private @Nullable CanaryTee err;

	/**
	 * Create a listener that logs to the module in whose directory Maven runs the tests.
	 */
	public CanaryListener() {
		this(CanaryLog.ofModule(Path.of(System.getProperty("basedir", ""))));
	}

	CanaryListener(CanaryLog log) {
		this.log = log;
	}

	@Override
	public void testPlanExecutionStarted(TestPlan testPlan) {
		this.out = CanaryTee.ofSystemOut(this::found);
		this.err = CanaryTee.ofSystemErr(this::found);
	}

	@Override
	public void testPlanExecutionFinished(TestPlan testPlan) {
		if (this.out != null && this.err != null) {
			this.out.uninstall();
			this.err.uninstall();
		}
	}

	@Override
	public void executionStarted(TestIdentifier test) {
		enter(test);
	}

	@Override
	public void executionSkipped(TestIdentifier test, String reason) {
		enter(test);
		scan("reason to skip", reason);
	}

	@Override
	public void executionFinished(TestIdentifier test, TestExecutionResult result) {
		settle();
		this.current = name(test);
		result.getThrowable().ifPresent((throwable) -> CanaryScanner.scan("exception", throwable).forEach(this::found));
	}

	@Override
	public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
		entry.getKeyValuePairs().forEach((key, value) -> scan("report entry", key + '=' + value));
	}

	@Override
	public void fileEntryPublished(TestIdentifier test, FileEntry entry) {
		if (entry.getPath().toFile().isFile()) {
			CanaryScanner.scan(entry.getPath()).forEach(this::found);
		}
	}

	private void enter(TestIdentifier test) {
		settle();
		this.current = name(test);
		test.getSource()
			.filter(ClassSource.class::isInstance)
			.ifPresent((source) -> this.log.addWatched(((ClassSource) source).getClassName()));
		scan("display name", test.getDisplayName());
	}

	private void scan(String source, String text) {
		CanaryScanner.scan(source, text).forEach(this::found);
	}

	private void settle() {
		if (this.out != null && this.err != null) {
			this.out.settle();
			this.err.settle();
		}
	}

	private void found(CanaryFinding finding) {
		this.log.addFinding(finding.from(finding.source() + " (" + this.current + ")"));
	}

	/** Not the display name, which may hold an argument of the test. */
	private static String name(TestIdentifier test) {
		TestSource source = test.getSource().orElse(null);
		if (source instanceof MethodSource method) {
			return method.getClassName() + '#' + method.getMethodName();
		}
		return (source instanceof ClassSource type) ? type.getClassName() : test.getUniqueId();
	}

}
