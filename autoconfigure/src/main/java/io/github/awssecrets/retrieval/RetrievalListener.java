package io.github.awssecrets.retrieval;

import java.util.function.Supplier;

/**
 * Is told what retrievals do and how long they take. Must return soon.
 */
public interface RetrievalListener {

	/**
	 * Called after each call of AWS, each page and repetition included, on the thread
	 * that made it.
	 * @param call the call
	 */
	default void called(RetrievalCall call) {
	}

	/**
	 * Called around each retrieval, on the thread that waits for it.
	 * @param retrieval retrieves; to be called once
	 * @return what the retrieval returned
	 */
	default RetrievalReport aroundRetrieval(Supplier<RetrievalReport> retrieval) {
		return retrieval.get();
	}

}
