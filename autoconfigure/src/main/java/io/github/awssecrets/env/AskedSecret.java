package io.github.awssecrets.env;

import org.jspecify.annotations.Nullable;

/**
 * A secret that was asked for, where, and as whom.
 *
 * @param id the name or ARN of the secret, as asked for
 * @param region the Region that was asked, or {@code null} if none is known
 * @param caller the ARN of the caller, where a denial of AWS named it, or {@code null}
 */
public record AskedSecret(String id, @Nullable String region, @Nullable String caller) {

}
