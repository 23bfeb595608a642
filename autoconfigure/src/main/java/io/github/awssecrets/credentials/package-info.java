/**
 * Credentials that come from secrets, for whatever logs in with them: always a set of one
 * version. The entry points are
 * {@link io.github.awssecrets.credentials.CredentialConsumer}, which is given them, and
 * {@link io.github.awssecrets.credentials.CredentialSource}, which is asked for them.
 */
@NullMarked
package io.github.awssecrets.credentials;

import org.jspecify.annotations.NullMarked;
