package io.github.awssecrets.chaos;

import java.util.Arrays;
import java.util.List;

/**
 * What can happen to an application that follows secrets.
 */
enum Fault {

	/* AWS, to whatever is asked for */

	THROTTLED(Scope.SERVICE), SERVER_ERROR(Scope.SERVICE), HTML_503(Scope.SERVICE), CREDENTIALS_EXPIRED(Scope.SERVICE),
	CLOCK_SKEW(Scope.SERVICE), BATCH_DENIED(Scope.SERVICE),

	/* The network, and malformed bodies */

	REFUSED(Scope.SERVICE), RESET(Scope.SERVICE), HANGING(Scope.SERVICE), SLOW(Scope.SERVICE), TRUNCATED(Scope.SERVICE),
	EMPTY_BODY(Scope.SERVICE), NOT_JSON(Scope.SERVICE), ENDLESS_PAGES(Scope.SERVICE),

	/* One secret */

	SECRET_DENIED(Scope.SECRET), KMS_DENIED(Scope.SECRET), NOT_DECRYPTED(Scope.SECRET), NOT_FOUND(Scope.SECRET),
	DELETED(Scope.SECRET), NO_VALUE(Scope.SECRET), OMITTED(Scope.SECRET), ANSWERED_WITH_ANOTHER(Scope.SECRET),
	SPOILS_BATCH(Scope.SECRET), SECRET_HANGING(Scope.SECRET), SECRET_RESET(Scope.SECRET),

	/* Values */

	ROTATED(Scope.VERSION), ROTATED_TO_64_KIB(Scope.VERSION), ROTATED_TO_DEPTH_1000(Scope.VERSION),
	ROTATED_TO_NUL(Scope.VERSION), ROTATED_TO_EMOJI(Scope.VERSION), ROTATED_TO_PLACEHOLDER(Scope.VERSION),
	ROTATED_TO_EXPRESSION(Scope.VERSION), ROTATED_TO_CIPHER(Scope.VERSION), ROTATED_TO_REFERENCE(Scope.VERSION),

	/* Versions */

	FLAPPING(Scope.VERSION), ROLLED_BACK(Scope.VERSION), STALE_ANSWER(Scope.VERSION), PENDING_LEFT(Scope.VERSION),
	TWO_HALF_ROTATED(Scope.VERSION), KEY_VANISHED(Scope.VERSION), KEY_NULL(Scope.VERSION),
	TURNED_TO_TEXT(Scope.VERSION), TURNED_EMPTY(Scope.VERSION), TURNED_MALFORMED(Scope.VERSION),

	/* The process */

	SUSPENDED(Scope.PROCESS), CLOCK_JUMPED_AHEAD(Scope.PROCESS), CLOCK_JUMPED_BACK(Scope.PROCESS),
	LISTENER_THROWS(Scope.PROCESS), REFRESH_FAILS(Scope.PROCESS), REFRESH_FAILS_LATE(Scope.PROCESS),
	REFRESH_SILENT(Scope.PROCESS), REFRESH_HANGS(Scope.PROCESS), REFRESH_REFUSES(Scope.PROCESS),
	REFRESH_REQUESTED(Scope.PROCESS), REFRESHES_REQUESTED_AT_ONCE(Scope.PROCESS), NOT_READY(Scope.PROCESS),
	CLOSED_IN_MID_POLL(Scope.PROCESS), OUT_OF_MEMORY(Scope.PROCESS), NO_MORE_THREADS(Scope.PROCESS),
	RETRIEVAL_STUCK(Scope.PROCESS), USES_UNKNOWN(Scope.PROCESS);

	private final Scope scope;

	Fault(Scope scope) {
		this.scope = scope;
	}

	Scope scope() {
		return this.scope;
	}

	static List<Fault> of(Scope scope) {
		return Arrays.stream(values()).filter((fault) -> fault.scope == scope).toList();
	}

	/**
	 * What a fault befalls.
	 */
	enum Scope {

		SERVICE, SECRET, VERSION, PROCESS

	}

}
