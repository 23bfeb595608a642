package io.github.awssecrets.retrieval;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import org.jspecify.annotations.Nullable;

/**
 * A secret as an answer holds it, of which anything may be missing.
 */
record AnsweredSecret(@Nullable String arn, @Nullable String name, @Nullable String versionId, List<String> stages,
		@Nullable SecretContent content, @Nullable Instant created) {

	/**
	 * Return the version.
	 * @throws CallFailedException if the answer is not complete, or not for what was
	 * asked
	 */
	SecretVersion toVersion(Ask ask, Instant retrieved) throws CallFailedException {
		if (this.content == null) {
			throw failed(Cause.NO_VALUE, "the answer holds neither text nor bytes");
		}
		if (this.arn == null || this.name == null || this.versionId == null || this.versionId.isEmpty()) {
			throw failed(Cause.MALFORMED_ANSWER, "the answer lacks the ARN, name or version id");
		}
		if (!ask.isFor(this.arn, this.name) || (ask.versionId() != null && !ask.versionId().equals(this.versionId))) {
			throw failed(Cause.MALFORMED_ANSWER, "the answer is for another secret or version than was asked for");
		}
		return new SecretVersion(this.arn, this.name, ask.requireRegion(), this.versionId, Set.copyOf(this.stages),
				this.content, this.created, retrieved);
	}

	private static CallFailedException failed(Cause cause, String detail) {
		return new CallFailedException(CallFailure.of(cause, detail).withAction(SingleCall.ACTION));
	}

}
