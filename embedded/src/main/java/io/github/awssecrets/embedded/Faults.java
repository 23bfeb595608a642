package io.github.awssecrets.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * The faults of a server. A call suffers all delays and hangs that match it, and then the
 * first other fault that does, in the order in which they were added; so a fault that is
 * limited by {@link Fault#times} gives way to the next. Safe for use by several threads.
 */
public final class Faults {

	private final List<ActiveFault> active = new CopyOnWriteArrayList<>();

	Faults() {
	}

	/**
	 * Adds a fault. It applies to calls that arrive from now on.
	 * @param fault the fault
	 * @return the fault as added, to count its hits or remove it
	 */
	public ActiveFault add(Fault fault) {
		ActiveFault added = new ActiveFault(fault, this);
		this.active.add(added);
		return added;
	}

	/**
	 * Removes all faults.
	 */
	public void clear() {
		this.active.forEach(ActiveFault::remove);
	}

	void remove(ActiveFault fault) {
		this.active.remove(fault);
	}

	// The faults that hit a whole call, which names the secrets whose ids pass the test.
	// Each counts as a hit.
	List<ActiveFault> hitCall(String operation, Predicate<String> namesSecret) {
		List<ActiveFault> hits = new ArrayList<>();
		for (ActiveFault candidate : this.active) {
			Fault fault = candidate.fault();
			boolean perEntry = fault.isPerSecret() && operation.equals(Operations.BATCH);
			if (!perEntry && matches(fault, operation, namesSecret) && candidate.hit()) {
				hits.add(candidate);
				if (!fault.effect().isPassing()) {
					break;
				}
			}
		}
		return hits;
	}

	// The error that hits one secret of a BatchGetSecretValue, for which the ids stand
	// that pass the test.
	Optional<ApiException> hitEntry(String secretId, Predicate<String> isSecret) {
		for (ActiveFault candidate : this.active) {
			Fault fault = candidate.fault();
			if (fault.isPerSecret() && matches(fault, Operations.BATCH, isSecret) && candidate.hit()
					&& fault.effect() instanceof FaultEffect.Failure failure) {
				return Optional.of(failure.error().error("GetSecretValue", secretId));
			}
		}
		return Optional.empty();
	}

	private static boolean matches(Fault fault, String operation, Predicate<String> namesSecret) {
		String secretId = fault.secretId();
		return fault.isOnOperation(operation) && (secretId == null || namesSecret.test(secretId));
	}

}
