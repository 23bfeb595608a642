package io.github.awssecrets.autoconfigure;

import java.util.stream.Stream;

import io.github.awssecrets.env.EarlyReferences;
import io.github.awssecrets.env.UnresolvedReferenceException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Sees to it that a failure due to references is reported once. A bootstrap context is an
 * application inside the application, and each of the two reports what ends its start:
 * the inner one in vain if logging has not begun by then.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class SingleReport implements SpringBootExceptionReporter {

	/* Of the reporter that Boot writes reports with */
	private static final Log logger = LogFactory.getLog(LoggingFailureAnalysisReporter.class);

	@Override
	public boolean reportException(Throwable failure) {
		if (!logger.isErrorEnabled() || !isDueToReferences(failure)) {
			return false;
		}
		boolean reported = Stream.of(failure.getSuppressed()).anyMatch(Reported.class::isInstance);
		if (!reported) {
			failure.addSuppressed(new Reported());
		}
		return reported;
	}

	private static boolean isDueToReferences(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof UnresolvedReferenceException
					|| (cause instanceof BindException bind && EarlyReferences.find(bind) != null)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Marks a failure that was reported.
	 */
	private static final class Reported extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Reported() {
			super("Reported before", null, false, false);
		}

	}

}
