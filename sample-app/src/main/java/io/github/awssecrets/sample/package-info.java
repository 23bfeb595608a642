/**
 * A web application whose database credentials come from AWS Secrets Manager. Entry
 * point: {@link io.github.awssecrets.sample.SampleApplication}. What a user of the
 * starter writes is in {@code application.yml}, {@code payment} and {@code orders};
 * {@code demo} brings the servers along, {@code load} sends queries, and {@code web}
 * shows what happened.
 */
@NullMarked
package io.github.awssecrets.sample;

import org.jspecify.annotations.NullMarked;
