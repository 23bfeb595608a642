package io.github.awssecrets.jdbc;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.awssecrets.credentials.CredentialSource;
import io.github.awssecrets.credentials.CredentialVersion;
import io.github.awssecrets.credentials.Credentials;
import io.github.awssecrets.credentials.RetrievedCredentials;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.testing.Canary;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of one secret that a test holds, and how often AWS was asked for them.
 */
final class FakeCredentials implements CredentialSource {

	static final SecretId ID = new SecretId("prod/db");

	final AtomicInteger currentCalls = new AtomicInteger();

	final AtomicInteger pendingCalls = new AtomicInteger();

	final AtomicInteger previousCalls = new AtomicInteger();

	volatile @Nullable Credentials snapshot;

	volatile @Nullable Credentials current;

	volatile @Nullable Credentials pending;

	volatile @Nullable Credentials previous;

	volatile RetrievalFailure.@Nullable Cause failure;

	FakeCredentials(Credentials current) {
		this.snapshot = current;
		this.current = current;
	}

	static Credentials version(int number) {
		return version("app", number);
	}

	static Credentials version(String username, int number) {
		return new Credentials(username, Canary.value("prod/db.password", number),
				new CredentialVersion(Map.of(SecretSelector.current(ID), "v" + number)));
	}

	@Override
	public @Nullable Credentials current() {
		return this.snapshot;
	}

	@Override
	public RetrievedCredentials retrieveCurrent() {
		this.currentCalls.incrementAndGet();
		return answer(this.current);
	}

	@Override
	public RetrievedCredentials retrievePending() {
		this.pendingCalls.incrementAndGet();
		return answer(this.pending);
	}

	@Override
	public RetrievedCredentials retrievePrevious() {
		this.previousCalls.incrementAndGet();
		return answer(this.previous);
	}

	private RetrievedCredentials answer(@Nullable Credentials credentials) {
		RetrievalFailure.Cause cause = this.failure;
		if (cause != null) {
			return new RetrievedCredentials(null, List.of(RetrievalFailure.of(cause, ID, "eu-west-1")));
		}
		return new RetrievedCredentials(credentials, List.of());
	}

	/**
	 * Finish a rotation: what was prepared is the current version now.
	 */
	void finish() {
		this.previous = this.current;
		this.current = this.pending;
		this.pending = null;
	}

	static Set<String> ids(Credentials credentials) {
		return Set.copyOf(credentials.version().ids().values());
	}

}
