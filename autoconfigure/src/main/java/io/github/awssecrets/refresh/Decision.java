package io.github.awssecrets.refresh;

import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.SecretVersion;

/**
 * What follows from retrieving a secret again.
 */
sealed interface Decision {

	/**
	 * What is in use is what there is.
	 */
	record Unchanged() implements Decision {

	}

	/**
	 * There is a better outcome than the one in use: a version, or the certainty that an
	 * optional secret does not exist.
	 *
	 * @param outcome the outcome to use
	 */
	record Accepted(RetrievalOutcome outcome) implements Decision {

	}

	/**
	 * There is a version that must not be used. The one in use stays.
	 *
	 * @param version the version
	 * @param reason why, as a clause that names keys and never values
	 */
	record Rejected(SecretVersion version, String reason) implements Decision {

	}

	/**
	 * There is no such secret, version or stage any more. The version in use stays.
	 *
	 * @param failure what AWS said
	 */
	record Gone(RetrievalFailure failure) implements Decision {

	}

	/**
	 * Nothing is known of the secret at the moment. What is in use stays.
	 *
	 * @param failure why
	 */
	record Failing(RetrievalFailure failure) implements Decision {

	}

	/**
	 * There is a version that was in use before or is older than the one in use: either
	 * somebody went back to it, or the answer is old. Another retrieval tells.
	 *
	 * @param version the version
	 */
	record ToBeConfirmed(SecretVersion version) implements Decision {

	}

}
