/**
 * Rotators: what a rotation function on AWS Lambda does, done in this JVM. Register a
 * {@link io.github.awssecrets.embedded.rotation.Rotator} with
 * {@link io.github.awssecrets.embedded.SecretsServer#rotations()}; two for databases are
 * here.
 */
@NullMarked
package io.github.awssecrets.embedded.rotation;

import org.jspecify.annotations.NullMarked;
