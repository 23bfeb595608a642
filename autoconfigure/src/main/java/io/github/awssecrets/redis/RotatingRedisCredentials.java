package io.github.awssecrets.redis;

import io.github.awssecrets.credentials.CredentialConsumer;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The credentials of Lettuce's connections: each login asks for those of the moment, and
 * open connections are told of new ones, so that they log in again. Safe for use by
 * several threads.
 */
final class RotatingRedisCredentials implements RedisCredentialsProvider, CredentialConsumer<RedisLogin> {

	static final String PREFIX = "spring.data.redis";

	/* Nothing is replayed: a connection that is new has just logged in */
	private final Sinks.Many<RedisCredentials> rotations = Sinks.many().multicast().directBestEffort();

	private volatile @Nullable RedisCredentials current;

	@Override
	public String prefix() {
		return PREFIX;
	}

	@Override
	public Class<RedisLogin> type() {
		return RedisLogin.class;
	}

	@Override
	public void check(RedisLogin login) {
		credentials(login);
	}

	@Override
	public void accept(RedisLogin login) {
		RedisCredentials next = credentials(login);
		this.current = next;
		if (next != null) {
			this.rotations.tryEmitNext(next);
		}
	}

	private static @Nullable RedisCredentials credentials(RedisLogin login) {
		String password = login.effectivePassword();
		return (password != null) ? RedisCredentials.just(login.effectiveUsername(), password) : null;
	}

	@Override
	public Mono<RedisCredentials> resolveCredentials() {
		return Mono.fromSupplier(() -> this.current);
	}

	@Override
	public boolean supportsStreaming() {
		return true;
	}

	@Override
	public Flux<RedisCredentials> credentials() {
		return this.rotations.asFlux();
	}

}
