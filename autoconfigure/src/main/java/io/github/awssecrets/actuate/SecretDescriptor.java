package io.github.awssecrets.actuate;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A secret in use. Holds no value.
 *
 * @param id the name or ARN, as the first reference to it writes it
 * @param arn the ARN, or {@code null} if the secret was never retrieved
 * @param region the Region that is called, or {@code null} if none is known
 * @param stage the stage that references ask for, or {@code null} if they do not
 * @param version the version id that references ask for, or {@code null} if they do not
 * @param versionId the id of the version in use, or {@code null} if there is none
 * @param stages the stages of that version when it was retrieved first, or {@code null}
 * likewise
 * @param state the state in a word, see {@code docs/actuator.md}
 * @param reason why a version was rejected, or {@code null} if none was
 * @param rejectedVersionId the id of that version, or {@code null} likewise
 * @param pendingVersionId the id of the version that is accepted and not applied yet, or
 * {@code null}
 * @param since since when it is in a state that is neither current nor pending, or
 * {@code null} if it is in one of these
 * @param retrieved when AWS last answered with a version, or {@code null} if it has not
 * @param rotated when the last rotation was accepted, or {@code null} if none was
 * @param lastPoll what the last poll found, or {@code null} if there was none
 * @param nextPoll when the next poll of it is due, or {@code null} if none is
 * @param properties the properties that have their values from it
 */
public record SecretDescriptor(String id, @Nullable String arn, @Nullable String region, @Nullable String stage,
		@Nullable String version, @Nullable String versionId, @Nullable Collection<String> stages, String state,
		@Nullable String reason, @Nullable String rejectedVersionId, @Nullable String pendingVersionId,
		@Nullable Instant since, @Nullable Instant retrieved, @Nullable Instant rotated,
		@Nullable PollDescriptor lastPoll, @Nullable Instant nextPoll, List<PropertyDescriptor> properties) {

	public SecretDescriptor {
		stages = (stages != null) ? List.copyOf(stages) : null;
		properties = List.copyOf(properties);
	}

	/**
	 * A property that has its value from a secret.
	 *
	 * @param name the name of the property, or the annotation or look-up
	 * @param key the key of the secret, or {@code null} for the whole of it
	 * @param origin where that was written, such as {@code application.yml:8:15}
	 */
	public record PropertyDescriptor(String name, @Nullable String key, String origin) {

	}

	/**
	 * What the last poll of a secret found.
	 *
	 * @param time when that was, or {@code null} if it was at start
	 * @param outcome what it found in a word, see {@code docs/actuator.md}
	 * @param cause why the secret cannot be retrieved in a word or two, or {@code null}
	 * if it can
	 * @param error the same as a sentence, or {@code null} likewise
	 * @param action what to do about it, or {@code null} likewise
	 */
	public record PollDescriptor(@Nullable Instant time, String outcome, @Nullable String cause, @Nullable String error,
			@Nullable String action) {

	}

}
