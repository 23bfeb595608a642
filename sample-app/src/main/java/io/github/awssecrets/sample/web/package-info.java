/**
 * The page that shows what the application reads with its secrets, which versions of them
 * it uses, and what a rotation does. Entry points:
 * {@link io.github.awssecrets.sample.web.HomeController} and, for what changes while one
 * looks at it, {@link io.github.awssecrets.sample.web.LiveController}.
 */
@NullMarked
package io.github.awssecrets.sample.web;

import org.jspecify.annotations.NullMarked;
