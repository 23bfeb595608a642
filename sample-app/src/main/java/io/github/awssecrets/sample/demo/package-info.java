/**
 * What the sample brings along so that it runs anywhere: a PostgreSQL and a Secrets
 * Manager. An application of your own has nothing like it. Entry point:
 * {@link io.github.awssecrets.sample.demo.EmbeddedServers}.
 */
@NullMarked
package io.github.awssecrets.sample.demo;

import org.jspecify.annotations.NullMarked;
