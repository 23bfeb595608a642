package io.github.awssecrets.retrieval;

import java.util.function.Supplier;

import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import org.jspecify.annotations.Nullable;

/**
 * {@link Regions} that come into being when they are first called, so that an application
 * without a secret loads nothing of the AWS SDK. Safe for use by many threads.
 */
final class LazyRegions implements Regions {

	private final @Nullable String configured;

	private final Supplier<Regions> supplier;

	private @Nullable Regions regions;

	private boolean closed;

	LazyRegions(@Nullable String configured, Supplier<Regions> supplier) {
		this.configured = configured;
		this.supplier = supplier;
	}

	@Override
	public @Nullable String known() {
		if (this.configured != null) {
			return this.configured;
		}
		synchronized (this) {
			return (this.regions != null) ? this.regions.known() : null;
		}
	}

	@Override
	public String find() throws CallFailedException {
		return (this.configured != null) ? this.configured : regions().find();
	}

	@Override
	public SecretsManagerCalls calls(String region) throws CallFailedException {
		return regions().calls(region);
	}

	private synchronized Regions regions() throws CallFailedException {
		if (this.closed) {
			throw new CallFailedException(CallFailure.of(Cause.CANCELLED, "the retrieval was closed"));
		}
		if (this.regions == null) {
			this.regions = this.supplier.get();
		}
		return this.regions;
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		if (this.regions != null) {
			this.regions.close();
		}
	}

}
