package io.github.awssecrets.embedded;

/**
 * That another version of a secret has become current.
 *
 * @param region the Region of the secret
 * @param name the name of the secret
 * @param arn the complete ARN of the secret
 * @param versionId the id of the version that is current now
 */
public record VersionChange(String region, String name, String arn, String versionId) {

}
