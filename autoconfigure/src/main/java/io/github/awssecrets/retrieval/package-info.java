/**
 * Retrieves secrets from AWS Secrets Manager, in batches and in parallel, within a
 * deadline. The only package that knows the AWS SDK. The way in is
 * {@link io.github.awssecrets.retrieval.SecretRetrieval#aws}; its users see neither SDK
 * types nor SDK exceptions.
 */
@NullMarked
package io.github.awssecrets.retrieval;

import org.jspecify.annotations.NullMarked;
