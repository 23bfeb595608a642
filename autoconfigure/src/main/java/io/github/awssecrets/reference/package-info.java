/**
 * What users write: the reference {@code $<secret:name.key>}, and what a secret's content
 * answers to it. Knows neither Spring nor AWS.
 */
@NullMarked
package io.github.awssecrets.reference;

import org.jspecify.annotations.NullMarked;
