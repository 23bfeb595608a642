package io.github.awssecrets.credentials;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.reference.KeyResult;
import io.github.awssecrets.reference.KeySelector;
import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.snapshot.SecretSnapshots;
import io.github.awssecrets.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * The credentials in the secrets of an application. What is retrieved apart from the
 * snapshot is read as if it were in there, so that it need not matter how references
 * compose a user name or a password.
 */
public final class SecretCredentials implements CredentialSource {

	private static final String PENDING = "AWSPENDING";

	private static final String PREVIOUS = "AWSPREVIOUS";

	private static final List<String> ENDPOINT = List.of("engine", "host", "port");

	/** Somebody waits for a connection meanwhile. */
	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final SecretsEnvironment secrets;

	private final SecretSnapshots snapshots;

	private final CredentialPart username;

	private final CredentialPart password;

	/* For when a property was taken out of the configuration meanwhile */
	private volatile @Nullable Credentials last;

	/**
	 * Create a source.
	 * @param secrets the secrets of the application
	 * @param username where the user name comes from
	 * @param password where the password comes from
	 */
	public SecretCredentials(SecretsEnvironment secrets, CredentialPart username, CredentialPart password) {
		this.secrets = secrets;
		this.snapshots = secrets.snapshots();
		this.username = username;
		this.password = password;
	}

	@Override
	public @Nullable Credentials current() {
		Credentials found = this.snapshots.consistently(this::read);
		if (found != null) {
			this.last = found;
		}
		return (found != null) ? found : this.last;
	}

	@Override
	public RetrievedCredentials retrieveCurrent() {
		Map<SecretSelector, RetrievalOutcome> outcomes = retrieve(selectors());
		return retrieved(versions(outcomes), outcomes);
	}

	@Override
	public RetrievedCredentials retrievePending() {
		return retrieveStage(PENDING);
	}

	@Override
	public RetrievedCredentials retrievePrevious() {
		return retrieveStage(PREVIOUS);
	}

	private RetrievedCredentials retrieveStage(String stage) {
		Map<SecretSelector, SecretSelector> staged = new LinkedHashMap<>();
		selectors().stream()
			.filter(SecretSelector::isCurrent)
			.forEach((selector) -> staged.put(selector,
					new SecretSelector(selector.id(), selector.region(), stage, null)));
		Map<SecretSelector, RetrievalOutcome> outcomes = retrieve(staged.values());
		Map<SecretSelector, SecretVersion> versions = new LinkedHashMap<>();
		staged.forEach((current, asked) -> {
			if (outcomes.get(asked) instanceof SecretVersion version && isSameEndpoint(current, version)) {
				versions.put(current, version);
			}
		});
		return retrieved(versions, outcomes);
	}

	private Map<SecretSelector, RetrievalOutcome> retrieve(Collection<SecretSelector> selectors) {
		try {
			return selectors.isEmpty() ? Map.of() : this.snapshots.retrieveAgain(selectors, TIMEOUT).outcomes();
		}
		catch (IllegalStateException ex) {
			// Closed meanwhile
			return Map.of();
		}
	}

	private static Map<SecretSelector, SecretVersion> versions(Map<SecretSelector, RetrievalOutcome> outcomes) {
		Map<SecretSelector, SecretVersion> versions = new LinkedHashMap<>();
		outcomes.forEach((selector, outcome) -> {
			if (outcome instanceof SecretVersion version) {
				versions.put(selector, version);
			}
		});
		return versions;
	}

	private RetrievedCredentials retrieved(Map<SecretSelector, SecretVersion> versions,
			Map<SecretSelector, RetrievalOutcome> outcomes) {
		List<RetrievalFailure> failures = new ArrayList<>();
		outcomes.values().forEach((outcome) -> {
			if (outcome instanceof RetrievalFailure failure) {
				failures.add(failure);
			}
		});
		Snapshot imagined = this.snapshots.current().replacing(versions);
		return new RetrievedCredentials(versions.isEmpty() ? null : this.snapshots.reading(imagined, this::read),
				failures);
	}

	private boolean isSameEndpoint(SecretSelector selector, SecretVersion other) {
		return this.snapshots.current().outcome(selector) instanceof SecretVersion current
				&& endpoint(current.content()).equals(endpoint(other.content()));
	}

	private static List<String> endpoint(SecretContent content) {
		return ENDPOINT.stream()
			.map((key) -> (content.find(new KeySelector.Exact(key)) instanceof KeyResult.Found found)
					? "=" + found.value() : "")
			.toList();
	}

	private Set<SecretSelector> selectors() {
		Set<SecretSelector> selectors = new LinkedHashSet<>(selectors(this.username));
		selectors.addAll(selectors(this.password));
		return selectors;
	}

	private Set<SecretSelector> selectors(CredentialPart part) {
		if (part instanceof CredentialPart.Property property) {
			return this.secrets.selectors(property.name());
		}
		return (part instanceof CredentialPart.Key key) ? Set.of(key.secret()) : Set.of();
	}

	private @Nullable Credentials read() {
		String name = read(this.username);
		String secret = read(this.password);
		if (secret == null || (name == null && !(this.username instanceof CredentialPart.Fixed))) {
			return null;
		}
		Snapshot snapshot = this.snapshots.current();
		Map<SecretSelector, String> versions = new LinkedHashMap<>();
		for (SecretSelector selector : selectors()) {
			if (snapshot.outcome(selector) instanceof SecretVersion version) {
				versions.put(selector, version.versionId());
			}
		}
		return new Credentials(name, secret, new CredentialVersion(versions));
	}

	private @Nullable String read(CredentialPart part) {
		if (part instanceof CredentialPart.Property property) {
			return this.secrets.value(property.name());
		}
		if (part instanceof CredentialPart.Key key) {
			return (this.snapshots.current().outcome(key.secret()) instanceof SecretVersion version
					&& version.content().find(new KeySelector.Exact(key.name())) instanceof KeyResult.Found found)
							? found.value() : null;
		}
		return ((CredentialPart.Fixed) part).text();
	}

}
