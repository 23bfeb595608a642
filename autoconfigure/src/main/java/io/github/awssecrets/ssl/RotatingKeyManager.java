package io.github.awssecrets.ssl;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

import org.jspecify.annotations.Nullable;

/**
 * A key manager whose keys can be replaced. A handshake asks several times, first for an
 * alias and then for the certificate and the key that belong to it: the alias names the
 * generation of keys that it is from, so that these never mix. Safe for use by several
 * threads.
 */
final class RotatingKeyManager extends X509ExtendedKeyManager {

	/** The current one, and the one that handshakes which are under way may be using. */
	private static final int KEPT = 2;

	private volatile List<Generation> generations = List.of();

	private long count;

	/**
	 * Use other keys from now on.
	 * @param managers the managers, of which the first one that knows X.509 is used
	 */
	synchronized void update(KeyManager[] managers) {
		Stream<Generation> next = Arrays.stream(managers)
			.filter(X509ExtendedKeyManager.class::isInstance)
			.map(X509ExtendedKeyManager.class::cast)
			.limit(1)
			.map((manager) -> new Generation(++this.count, manager));
		this.generations = Stream.concat(next, this.generations.stream()).limit(KEPT).toList();
	}

	private @Nullable String alias(Function<X509ExtendedKeyManager, @Nullable String> choice) {
		List<Generation> current = this.generations;
		return current.isEmpty() ? null : current.get(0).mark(choice.apply(current.get(0).manager()));
	}

	private String @Nullable [] aliases(Function<X509ExtendedKeyManager, String @Nullable []> choice) {
		List<Generation> current = this.generations;
		String[] aliases = current.isEmpty() ? null : choice.apply(current.get(0).manager());
		return (aliases != null) ? Arrays.stream(aliases).map(current.get(0)::mark).toArray(String[]::new) : null;
	}

	private <R> @Nullable R find(@Nullable String marked, Function<Generation, @Nullable R> finder) {
		for (Generation generation : this.generations) {
			if (marked != null && generation.owns(marked)) {
				return finder.apply(generation);
			}
		}
		return null;
	}

	@Override
	public @Nullable String chooseClientAlias(String[] keyType, Principal @Nullable [] issuers,
			@Nullable Socket socket) {
		return alias((manager) -> manager.chooseClientAlias(keyType, issuers, socket));
	}

	@Override
	public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
		return alias((manager) -> manager.chooseServerAlias(keyType, issuers, socket));
	}

	@Override
	public @Nullable String chooseEngineClientAlias(String[] keyType, Principal @Nullable [] issuers,
			@Nullable SSLEngine engine) {
		return alias((manager) -> manager.chooseEngineClientAlias(keyType, issuers, engine));
	}

	@Override
	public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers,
			@Nullable SSLEngine engine) {
		return alias((manager) -> manager.chooseEngineServerAlias(keyType, issuers, engine));
	}

	@Override
	public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
		return aliases((manager) -> manager.getClientAliases(keyType, issuers));
	}

	@Override
	public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
		return aliases((manager) -> manager.getServerAliases(keyType, issuers));
	}

	@Override
	public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
		return find(alias, (generation) -> generation.manager().getCertificateChain(generation.unmark(alias)));
	}

	@Override
	public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
		return find(alias, (generation) -> generation.manager().getPrivateKey(generation.unmark(alias)));
	}

	/**
	 * The keys between two rotations.
	 */
	private record Generation(long number, X509ExtendedKeyManager manager) {

		private String prefix() {
			return this.number + "/";
		}

		@Nullable String mark(@Nullable String alias) {
			return (alias != null) ? prefix() + alias : null;
		}

		boolean owns(String marked) {
			return marked.startsWith(prefix());
		}

		@Nullable String unmark(@Nullable String marked) {
			return (marked != null) ? marked.substring(prefix().length()) : null;
		}

	}

}
