/**
 * SSL bundles whose certificates and keys come from secrets, updated in place. The entry
 * point is {@link io.github.awssecrets.ssl.SslBundlePostProcessor}.
 */
@NullMarked
package io.github.awssecrets.ssl;

import org.jspecify.annotations.NullMarked;
