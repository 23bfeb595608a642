package io.github.awssecrets.embedded;

import java.util.List;
import java.util.Map;

/**
 * What a test does to the secrets of one Region. These are no calls: they are not
 * counted, and neither faults nor policies apply to them; but AWS's rules for names,
 * sizes, versions and deletion do. What AWS would refuse is an
 * {@link IllegalArgumentException} with AWS's text.
 * <p>
 * Wherever an id is expected, the secret's name, ARN and partial ARN will do.
 */
public interface SecretOperations {

	/**
	 * The Region.
	 * @return its name, such as {@code eu-west-1}
	 */
	String region();

	/**
	 * Creates a secret with a text.
	 * @param name the name
	 * @param value the text, often a JSON object
	 * @return the version id
	 */
	String create(String name, String value);

	/**
	 * Creates a secret with bytes.
	 * @param name the name
	 * @param value the bytes
	 * @return the version id
	 */
	String createBinary(String name, byte[] value);

	/**
	 * Adds a version with a text.
	 * @param id the secret's id
	 * @param value the text
	 * @param stages the stages of the new version; none means {@code AWSCURRENT}
	 * @return the version id
	 */
	String put(String id, String value, String... stages);

	/**
	 * Adds a version with bytes.
	 * @param id the secret's id
	 * @param value the bytes
	 * @param stages the stages of the new version; none means {@code AWSCURRENT}
	 * @return the version id
	 */
	String putBinary(String id, byte[] value, String... stages);

	/**
	 * Adds a current version of a JSON secret in which one key has another value. The
	 * rest of the text stays as it is.
	 * <p>
	 * The server's {@linkplain SecretsServer#addVersionListener listeners} are told, and
	 * waited for. In a Spring test that is the application under test: it has applied the
	 * version when this returns. All other operations only change the secret, as a change
	 * at AWS does.
	 * @param id the secret's id
	 * @param key the top-level key, which must exist
	 * @param value the key's new value, a string
	 * @return the version id
	 * @throws IllegalStateException if an application did not apply the version; the
	 * secret is rotated all the same
	 */
	String rotate(String id, String key, String value);

	/**
	 * Starts a rotation as RotateSecret does, and returns at once.
	 * @param id the secret's id
	 * @param rotationArn the ARN that a rotator is {@linkplain Rotations#register
	 * registered} under
	 * @return the id of the version that the rotation creates
	 */
	String startRotation(String id, String rotationArn);

	/**
	 * Attaches a stage to another version, from wherever it is attached now.
	 * @param id the secret's id
	 * @param stage the stage, such as {@code AWSCURRENT}
	 * @param versionId the version's id
	 */
	void moveStage(String id, String stage, String versionId);

	/**
	 * Deletes a secret at once.
	 * @param id the secret's id
	 */
	void delete(String id);

	/**
	 * Marks a secret for deletion.
	 * @param id the secret's id
	 * @param recoveryWindowInDays after how many days it is deleted, 7 to 30
	 */
	void delete(String id, int recoveryWindowInDays);

	/**
	 * Takes the mark for deletion away.
	 * @param id the secret's id
	 */
	void restore(String id);

	/**
	 * The names of all secrets, marked for deletion or not, in the order of creation.
	 * @return the names
	 */
	List<String> names();

	/**
	 * The complete ARN of a secret.
	 * @param id the secret's id
	 * @return the ARN
	 */
	String arn(String id);

	/**
	 * The id of the current version.
	 * @param id the secret's id
	 * @return the version id
	 */
	String versionId(String id);

	/**
	 * The ids of all versions, deprecated ones included, oldest first.
	 * @param id the secret's id
	 * @return the version ids
	 */
	List<String> versionIds(String id);

	/**
	 * The stages of a secret's versions.
	 * @param id the secret's id
	 * @return the version id by stage
	 */
	Map<String, String> stages(String id);

}
