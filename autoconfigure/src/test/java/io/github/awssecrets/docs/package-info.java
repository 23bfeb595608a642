/**
 * Tests of the pages in {@code docs}: what they show is loaded and checked.
 * <p>
 * {@link io.github.awssecrets.docs.QuotingTableTests} reads {@code docs/quoting.md},
 * {@link io.github.awssecrets.docs.ConfigurationMetadataTests} the table of properties in
 * {@code README.md}.
 */
@NullMarked
package io.github.awssecrets.docs;

import org.jspecify.annotations.NullMarked;
