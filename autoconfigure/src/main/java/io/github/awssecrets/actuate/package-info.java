/**
 * What operators see of the secrets: the actuator endpoint, health, metrics and
 * observations. Nothing here knows a value. The entry point is
 * {@link io.github.awssecrets.actuate.SecretsEndpoint}.
 */
@NullMarked
package io.github.awssecrets.actuate;

import org.jspecify.annotations.NullMarked;
