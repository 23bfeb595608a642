package io.github.awssecrets.refresh;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * Those who asked for a poll and have no report yet. Guarded by the monitor of the
 * {@link Watch}.
 */
final class PollRequests {

	private final List<CompletableFuture<PollReport>> waiting = new ArrayList<>();

	private final List<CompletableFuture<PollReport>> unconfirmed = new ArrayList<>();

	private PollReport toConfirm = PollReport.EMPTY;

	CompletableFuture<PollReport> add() {
		CompletableFuture<PollReport> request = new CompletableFuture<>();
		this.waiting.add(request);
		return request;
	}

	/**
	 * Return whether somebody waits for a poll to start.
	 */
	boolean areWaiting() {
		return !this.waiting.isEmpty();
	}

	/**
	 * Return whether somebody waits for a confirmation of what a poll found.
	 */
	boolean areUnconfirmed() {
		return !this.unconfirmed.isEmpty();
	}

	/**
	 * Take those who wait for a poll to start.
	 * @return who gets the report of the poll that starts now
	 */
	List<CompletableFuture<PollReport>> take() {
		List<CompletableFuture<PollReport>> taken = List.copyOf(this.waiting);
		this.waiting.clear();
		return taken;
	}

	/**
	 * Answer those who asked for a poll, unless it has to be confirmed first.
	 * @param taken those who wait for this poll
	 * @param report what was found
	 * @param confirmation whether the poll confirms what an earlier one found
	 */
	void answer(List<CompletableFuture<PollReport>> taken, PollReport report, boolean confirmation) {
		this.toConfirm = this.unconfirmed.isEmpty() ? report : this.toConfirm.and(report);
		this.unconfirmed.addAll(taken);
		if (report.unconfirmed().isEmpty() || confirmation) {
			this.unconfirmed.forEach((request) -> request.complete(this.toConfirm));
			this.unconfirmed.clear();
			this.toConfirm = PollReport.EMPTY;
		}
	}

	/**
	 * Give those an empty report for whom no poll will start.
	 */
	void cancel() {
		this.waiting.forEach((request) -> request.complete(PollReport.failed(new CancellationException())));
		this.waiting.clear();
	}

}
