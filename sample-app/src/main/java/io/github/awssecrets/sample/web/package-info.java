/**
 * The page that shows what the application reads with its secrets, and which versions of
 * them it uses. Entry point: {@link io.github.awssecrets.sample.web.HomeController}.
 */
@NullMarked
package io.github.awssecrets.sample.web;

import org.jspecify.annotations.NullMarked;
