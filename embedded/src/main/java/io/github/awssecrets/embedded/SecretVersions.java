package io.github.awssecrets.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * The versions of one secret and the stages attached to them; immutable. Each stage is
 * attached to one version at most.
 *
 * @param all the versions, oldest first
 * @param stages the version id that each stage is attached to
 */
record SecretVersions(List<SecretVersion> all, Map<String, String> stages) {

	static final String CURRENT = "AWSCURRENT";

	static final String PENDING = "AWSPENDING";

	static final String PREVIOUS = "AWSPREVIOUS";

	static final SecretVersions NONE = new SecretVersions(List.of(), Map.of());

	private static final int KEPT = 100;

	private static final Duration KEPT_FOR = Duration.ofHours(24);

	SecretVersions {
		all = List.copyOf(all);
		stages = Map.copyOf(stages);
	}

	Optional<SecretVersion> withId(String versionId) {
		return this.all.stream().filter((version) -> version.id().equals(versionId)).findFirst();
	}

	Optional<SecretVersion> withStage(String stage) {
		return Optional.ofNullable(this.stages.get(stage)).flatMap(this::withId);
	}

	/**
	 * Whether a version is pending and not current, so that a rotation has not ended.
	 */
	boolean isPending(@Nullable String versionId) {
		return versionId != null && versionId.equals(this.stages.get(PENDING))
				&& !versionId.equals(this.stages.get(CURRENT));
	}

	/**
	 * The stages of a version, sorted; empty for a deprecated version.
	 */
	Set<String> stagesOf(String versionId) {
		Set<String> result = new TreeSet<>();
		this.stages.forEach((stage, id) -> {
			if (id.equals(versionId)) {
				result.add(stage);
			}
		});
		return result;
	}

	/**
	 * The version ids that have stages, oldest first, with those stages.
	 */
	Map<String, Set<String>> staged() {
		Map<String, Set<String>> result = new LinkedHashMap<>();
		for (SecretVersion version : this.all) {
			Set<String> versionStages = stagesOf(version.id());
			if (!versionStages.isEmpty()) {
				result.put(version.id(), versionStages);
			}
		}
		return result;
	}

	/**
	 * Adds a version and attaches stages to it. The first version of a secret is always
	 * current.
	 */
	SecretVersions with(SecretVersion version, Collection<String> versionStages) {
		List<SecretVersion> versions = new ArrayList<>(this.all);
		versions.add(version);
		Map<String, String> moved = new TreeMap<>(this.stages);
		Set<String> attached = new TreeSet<>(versionStages);
		if (this.all.isEmpty()) {
			attached.add(CURRENT);
		}
		attached.forEach((stage) -> attach(moved, stage, version.id()));
		return new SecretVersions(prune(versions, moved, version.created()), moved);
	}

	/**
	 * Adds a version for a rotation: pending, and not current even if it is the first.
	 */
	SecretVersions withPending(SecretVersion version) {
		List<SecretVersion> versions = new ArrayList<>(this.all);
		versions.add(version);
		return new SecretVersions(versions, this.stages).move(PENDING, version.id());
	}

	SecretVersions without(String versionId) {
		Map<String, String> left = new TreeMap<>(this.stages);
		left.values().removeIf(versionId::equals);
		return new SecretVersions(this.all.stream().filter((version) -> !version.id().equals(versionId)).toList(),
				left);
	}

	/**
	 * Gives a version that has no value one, and attaches stages to it.
	 */
	SecretVersions fill(String versionId, SecretContent content, Collection<String> versionStages) {
		Map<String, String> moved = new TreeMap<>(this.stages);
		versionStages.forEach((stage) -> attach(moved, stage, versionId));
		return new SecretVersions(this.all, moved).replace(versionId, (version) -> version.withContent(content));
	}

	/**
	 * Attaches a stage to a version, or to none.
	 */
	SecretVersions move(String stage, @Nullable String toVersionId) {
		Map<String, String> moved = new TreeMap<>(this.stages);
		if (toVersionId != null) {
			attach(moved, stage, toVersionId);
		}
		else {
			moved.remove(stage);
		}
		return new SecretVersions(this.all, moved);
	}

	SecretVersions replace(String versionId, UnaryOperator<SecretVersion> change) {
		return new SecretVersions(this.all.stream()
			.map((version) -> version.id().equals(versionId) ? change.apply(version) : version)
			.toList(), this.stages);
	}

	/**
	 * A version that ceases to be current becomes the previous one, and is no longer
	 * pending (seen in recorded answers of AWS; its documents do not say so).
	 */
	private static void attach(Map<String, String> stages, String stage, String versionId) {
		String before = stages.put(stage, versionId);
		if (stage.equals(CURRENT) && before != null && !before.equals(versionId)) {
			stages.put(PREVIOUS, before);
			stages.remove(PENDING, before);
		}
	}

	/**
	 * Forgets the oldest versions without stages, as AWS does: more than 100, and older
	 * than 24 hours.
	 */
	private static List<SecretVersion> prune(List<SecretVersion> versions, Map<String, String> stages, Instant now) {
		int excess = versions.size() - KEPT;
		List<SecretVersion> kept = new ArrayList<>();
		for (SecretVersion version : versions) {
			if (excess > 0 && !stages.containsValue(version.id()) && version.created().isBefore(now.minus(KEPT_FOR))) {
				excess--;
			}
			else {
				kept.add(version);
			}
		}
		return kept;
	}

}
