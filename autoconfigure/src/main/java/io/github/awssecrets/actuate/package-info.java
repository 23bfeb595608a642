/**
 * What the endpoints of the actuator say about secrets, and what they must not say.
 * {@link io.github.awssecrets.actuate.SecretsSanitizingFunction} masks values.
 */
@NullMarked
package io.github.awssecrets.actuate;

import org.jspecify.annotations.NullMarked;
