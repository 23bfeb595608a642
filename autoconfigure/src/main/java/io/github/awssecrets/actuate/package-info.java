/**
 * What operators see of the secrets: the actuator endpoint, health, metrics and
 * observations, and what other endpoints must not show. The entry point is
 * {@link io.github.awssecrets.actuate.SecretsEndpoint};
 * {@link io.github.awssecrets.actuate.SecretsSanitizingFunction} masks values.
 */
@NullMarked
package io.github.awssecrets.actuate;

import org.jspecify.annotations.NullMarked;
