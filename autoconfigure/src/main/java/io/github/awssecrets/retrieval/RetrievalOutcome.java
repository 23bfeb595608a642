package io.github.awssecrets.retrieval;

/**
 * What came of asking for a version of a secret: the version, or why there is none.
 */
public sealed interface RetrievalOutcome permits SecretVersion, RetrievalFailure {

}
