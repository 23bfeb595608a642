/**
 * Credentials that come from secrets, for whatever logs in with them: always a pair of
 * one version. The entry point is
 * {@link io.github.awssecrets.credentials.CredentialSource}.
 */
@NullMarked
package io.github.awssecrets.credentials;

import org.jspecify.annotations.NullMarked;
