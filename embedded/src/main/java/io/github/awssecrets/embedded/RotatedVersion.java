package io.github.awssecrets.embedded;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.github.awssecrets.embedded.rotation.RotatingSecret;
import io.github.awssecrets.embedded.rotation.RotationException;

/**
 * A version of a secret in the making. Each method is one atomic step; those of
 * {@link RotatingSecret} refuse to work for a rotation that has lost its right to go on.
 */
final class RotatedVersion implements RotatingSecret {

	private final RegionStore secrets;

	private final Clock clock;

	private final String region;

	private final Secret secret;

	private final String versionId;

	private volatile boolean cancelled;

	RotatedVersion(RegionStore secrets, Clock clock, String region, Secret secret, String versionId) {
		this.secrets = secrets;
		this.clock = clock;
		this.region = region;
		this.secret = secret;
		this.versionId = versionId;
	}

	@Override
	public String region() {
		return this.region;
	}

	@Override
	public String arn() {
		return this.secret.arn();
	}

	@Override
	public String name() {
		return this.secret.name();
	}

	@Override
	public String versionId() {
		return this.versionId;
	}

	@Override
	public Optional<String> value(String stage) {
		return text(check().versions().withStage(stage));
	}

	@Override
	public void putPending(String value) {
		update((found) -> new NewVersion(this.versionId, SecretContent.ofString(value)).addTo(requireRotating(found),
				List.of(SecretVersions.PENDING), this.clock.instant()));
	}

	@Override
	public void moveStage(String stage) {
		update((found) -> {
			SecretVersions versions = requireRotating(found).versions();
			if (versions.withId(this.versionId).filter(SecretVersion::hasContent).isEmpty()) {
				throw ApiException.noSuchVersion(this.versionId);
			}
			return found.withVersions(versions.move(stage, this.versionId), this.clock.instant());
		});
	}

	@Override
	public String otherSecret(String secretId) {
		check();
		return translate(
				() -> text(this.secrets.get(secretId).requireNotDeleted().versions().withStage(SecretVersions.CURRENT))
					.orElseThrow(() -> ApiException.noSuchStage(SecretVersions.CURRENT)));
	}

	@Override
	public String randomPassword(String excludedCharacters) {
		return translate(() -> new PasswordRule(PasswordRule.DEFAULT_LENGTH, EnumSet.allOf(PasswordRule.Type.class),
				true, excludedCharacters, false)
			.generate(new SecureRandom()));
	}

	// Takes the right to go on away.
	void cancel() {
		this.cancelled = true;
	}

	boolean isCancelled() {
		return this.cancelled;
	}

	// Whether the version is current, so that the rotation has done its work.
	boolean isCurrent() {
		return this.secrets.find(arn())
			.map((found) -> this.versionId.equals(found.versions().stages().get(SecretVersions.CURRENT)))
			.orElse(false);
	}

	// Throws RotationException if the rotation may not go on.
	Secret check() {
		return translate(() -> requireRotating(this.secrets.get(arn()).requireNotDeleted()));
	}

	// Notes that the rotation ended well.
	void finish() {
		change((found) -> {
			RotationSettings settings = found.rotation();
			return (settings != null) ? found.withRotation(settings.rotated(this.clock.instant()), this.clock.instant())
					: found;
		});
	}

	// Removes the version, if it isn't the current one.
	void remove() {
		change((found) -> this.versionId.equals(found.versions().stages().get(SecretVersions.CURRENT)) ? found
				: found.withVersions(found.versions().without(this.versionId), this.clock.instant()));
	}

	private void change(UnaryOperator<Secret> change) {
		try {
			this.secrets.update(arn(), change);
		}
		catch (ApiException ex) {
			// The secret is gone
		}
	}

	private void update(UnaryOperator<Secret> change) {
		translate(() -> this.secrets.update(arn(), (found) -> change.apply(found.requireNotDeleted())));
	}

	private Secret requireRotating(Secret found) {
		RotationSettings settings = found.rotation();
		if (this.cancelled || settings == null || !settings.enabled()) {
			throw new RotationException("The rotation was cancelled");
		}
		SecretVersions versions = found.versions();
		if (!this.versionId.equals(versions.stages().get(SecretVersions.PENDING))) {
			throw new RotationException("Version %s is not AWSPENDING any more".formatted(this.versionId));
		}
		return found;
	}

	private static Optional<String> text(Optional<SecretVersion> version) {
		return version.map(SecretVersion::content).map((content) -> {
			if (content.type() != SecretContent.Type.STRING) {
				throw new RotationException("The value is binary");
			}
			return content.data();
		});
	}

	private static <T> T translate(Supplier<T> action) {
		try {
			return action.get();
		}
		catch (ApiException ex) {
			throw new RotationException(ex.text() + " (" + ex.code() + ")");
		}
	}

}
