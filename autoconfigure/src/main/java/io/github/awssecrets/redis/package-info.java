/**
 * Redis connections of Lettuce whose credentials follow rotations. The entry point is
 * {@link io.github.awssecrets.redis.LettuceCredentialsCustomizer}.
 */
@NullMarked
package io.github.awssecrets.redis;

import org.jspecify.annotations.NullMarked;
