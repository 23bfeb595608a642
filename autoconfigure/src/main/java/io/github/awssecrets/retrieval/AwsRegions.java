package io.github.awssecrets.retrieval;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The {@link Regions} of AWS: one client of the SDK for each, created when it is first
 * called, closed with this object. Safe for use by many threads.
 */
final class AwsRegions implements Regions {

	private static final Log logger = LogFactory.getLog(AwsRegions.class);

	private final RetrievalSettings settings;

	private final ClientFactory factory;

	private final Map<String, AwsCalls> calls = new HashMap<>();

	private final Object searching = new Object();

	private volatile @Nullable String found;

	private boolean closed;

	AwsRegions(RetrievalSettings settings, List<SecretsManagerClientCustomizer> customizers, RetrievalThreads threads) {
		this.settings = settings;
		this.factory = ClientFactory.forRetrieval(settings, customizers, threads.timer());
		this.found = settings.region();
	}

	@Override
	public @Nullable String known() {
		return this.found;
	}

	@Override
	public String find() throws CallFailedException {
		synchronized (this.searching) {
			String found = this.found;
			if (found == null) {
				found = search();
				this.found = found;
			}
			return found;
		}
	}

	private String search() throws CallFailedException {
		try {
			return regionProvider().getRegion().id();
		}
		catch (SdkClientException ex) {
			throw new CallFailedException(CallFailure.of(Cause.NO_REGION, null));
		}
	}

	private AwsRegionProvider regionProvider() {
		// An emulator has no metadata of an instance, which take seconds to be absent
		return Loopback.isEndpoint(this.settings) ? RegionProviders.local(this.settings.profile())
				: RegionProviders.all(this.settings.profile());
	}

	@Override
	public synchronized SecretsManagerCalls calls(String region) throws CallFailedException {
		if (this.closed) {
			throw new CallFailedException(CallFailure.of(Cause.CANCELLED, "the retrieval was closed"));
		}
		AwsCalls calls = this.calls.get(region);
		if (calls == null) {
			calls = new AwsCalls(create(region));
			this.calls.put(region, calls);
		}
		return calls;
	}

	/**
	 * Create a client. What goes wrong here is in the configuration or in a customizer:
	 * no secret has been read by it, so that the exception may be shown.
	 * @param region the Region
	 * @return a new client
	 */
	private SecretsManagerClient create(String region) throws CallFailedException {
		try {
			return this.factory.create(region);
		}
		catch (RuntimeException ex) {
			logger.debug("Cannot create a client for Region " + region, ex);
			throw new CallFailedException(CallFailure.of(Cause.CLIENT_FAILED,
					"the client cannot be created: %s: %s".formatted(ex.getClass().getName(), ex.getMessage())));
		}
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		this.calls.values().forEach(AwsCalls::close);
		this.calls.clear();
		this.factory.close();
	}

}
