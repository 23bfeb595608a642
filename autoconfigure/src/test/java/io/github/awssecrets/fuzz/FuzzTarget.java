package io.github.awssecrets.fuzz;

import java.util.Locale;
import java.util.function.Consumer;

import io.github.awssecrets.env.CompositionFuzzer;
import io.github.awssecrets.retrieval.WireFuzzer;

/**
 * The targets of fuzzing. The class of each has the method that Jazzer calls.
 */
@SuppressWarnings("ImmutableEnumChecker")
enum FuzzTarget {

	/** The parser of references. */
	REFERENCE(ReferenceFuzzer::fuzzerTestOneInput),

	/** Keys, paths and pointers in JSON. */
	KEY(KeyFuzzer::fuzzerTestOneInput),

	/** Escapes, on their way through Spring's own placeholders and expressions. */
	COMPOSITION(CompositionFuzzer::fuzzerTestOneInput),

	/** Answers on the wire, on their way through the SDK. */
	WIRE(WireFuzzer::fuzzerTestOneInput);

	private final Consumer<byte[]> target;

	FuzzTarget(Consumer<byte[]> target) {
		this.target = target;
	}

	/**
	 * Run the target once.
	 * @param data the input
	 */
	void run(byte[] data) {
		this.target.accept(data);
	}

	/**
	 * Return the directory of the inputs that are kept, below that of the resources.
	 */
	String corpus() {
		return "/fuzz/" + name().toLowerCase(Locale.ROOT);
	}

}
