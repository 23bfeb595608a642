package io.github.awssecrets.embedded;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All secrets of the server, each Region apart from the others.
 */
final class SecretStore {

	private final Map<String, RegionStore> regions = new ConcurrentHashMap<>();

	private final Clock clock;

	private final Identifiers identifiers;

	SecretStore(Clock clock, Identifiers identifiers) {
		this.clock = clock;
		this.identifiers = identifiers;
	}

	RegionStore region(String region) {
		return this.regions.computeIfAbsent(region, (name) -> new RegionStore(name, this.clock, this.identifiers));
	}

	int size() {
		return this.regions.values().stream().mapToInt((region) -> region.all().size()).sum();
	}

	void clear() {
		this.regions.clear();
	}

}
