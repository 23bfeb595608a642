package io.github.awssecrets.embedded;

import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * An AWS Secrets Manager in this process, for development and tests: an HTTP server on
 * the loopback address that any AWS SDK can use as its endpoint.
 *
 * <pre class="code">
 * try (SecretsServer server = SecretsServer.start()) {
 * 	server.create("prod/db", "{\"username\":\"app\",\"password\":\"one\"}");
 * 	// let the application use server.endpoint() ...
 * 	server.rotate("prod/db", "password", "two");
 * }
 * </pre>
 *
 * It follows AWS's API model and error texts where it can; an operation or parameter that
 * it lacks is an error that says so. Each Region has its own secrets; a client's Region
 * is the one that it signs its requests for. Signatures are <em>not</em> verified, so any
 * credentials will do unless {@link #accessKeys()} says otherwise. The
 * {@link SecretOperations operations} of the server itself work on its own Region.
 * <p>
 * All methods are safe for use by several threads. A server has daemon threads only; once
 * closed it has none, and calls that were still open have lost their connection.
 */
public final class SecretsServer implements SecretOperations, AutoCloseable {

	private final ServerState state;

	private final RegionSecrets secrets;

	private final List<Secret> planted;

	private final HttpTransport transport;

	SecretsServer(int port, Clock clock, Random random, String region, List<Seed> seeds) {
		this.state = ServerState.create(clock, new Identifiers(random));
		this.secrets = new RegionSecrets(this.state, region);
		seeds.forEach((seed) -> this.secrets.create(seed.name(), seed.content()));
		this.planted = this.state.secrets().region(region).all();
		this.transport = HttpTransport.start(port, new Dispatcher(this.state));
	}

	/**
	 * Starts an empty server for {@code eu-west-1} on a free port.
	 * @return the running server
	 */
	public static SecretsServer start() {
		return builder().start();
	}

	/**
	 * A server to be configured.
	 * @return the builder
	 */
	public static SecretsServerBuilder builder() {
		return new SecretsServerBuilder();
	}

	/**
	 * Where the server listens.
	 * @return the URI to use as endpoint override of an AWS SDK client
	 */
	public URI endpoint() {
		return URI.create("http://127.0.0.1:" + port());
	}

	/**
	 * The port that the server listens on.
	 * @return the port
	 */
	public int port() {
		return this.transport.port();
	}

	/**
	 * Properties for an application under test.
	 * @return {@code aws.secrets.endpoint} and {@code aws.secrets.region}
	 */
	public Map<String, String> properties() {
		Map<String, String> properties = new LinkedHashMap<>();
		properties.put("aws.secrets.endpoint", endpoint().toString());
		properties.put("aws.secrets.region", region());
		return properties;
	}

	/**
	 * The secrets of another Region.
	 * @param region the Region
	 * @return its secrets
	 */
	public SecretOperations inRegion(String region) {
		return new RegionSecrets(this.state, region);
	}

	/**
	 * What goes wrong with calls.
	 * @return the faults, none at first
	 */
	public Faults faults() {
		return this.state.faults();
	}

	/**
	 * What rotates secrets, in place of functions on AWS Lambda.
	 * @return the rotations, without a rotator at first
	 */
	public Rotations rotations() {
		return this.state.rotations();
	}

	/**
	 * Holds the calls of an operation until a number of them are open at the same time,
	 * and lets all through from then on.
	 * @param operation the operation, such as {@code BatchGetSecretValue}
	 * @param openAtOnce the number of calls
	 * @return the gate
	 */
	public Gate gate(String operation, int openAtOnce) {
		return this.state.gates().add(operation, openAtOnce);
	}

	/**
	 * Holds the calls of an operation until the gate is released.
	 * @param operation the operation, such as {@code GetSecretValue}
	 * @return the gate
	 */
	public Gate gate(String operation) {
		return gate(operation, Integer.MAX_VALUE);
	}

	/**
	 * Enforces an IAM policy from now on, for all callers. What it doesn't allow is
	 * denied with AWS's text. BatchGetSecretValue needs its own permission, on {@code *},
	 * and GetSecretValue for each secret; with filters also ListSecrets. To retrieve a
	 * secret that has a KMS key of the customer needs {@code kms:Decrypt}, too.
	 * @param json the policy document; an element that can't be enforced here is an
	 * {@link IllegalArgumentException}. Of conditions, these can: {@code StringEquals}
	 * with {@code kms:ViaService}, and {@code ForAnyValue:StringEquals} with
	 * {@code kms:ResourceAliases}
	 */
	public void policy(String json) {
		this.state.access().setPolicy(PolicyParser.parse(json));
	}

	/**
	 * Allows everything again, as at first.
	 */
	public void removePolicy() {
		this.state.access().setPolicy(Policy.ALLOW_ALL);
	}

	/**
	 * Who may call.
	 * @return the access keys, at first any
	 */
	public AccessKeys accessKeys() {
		return this.state.accessKeys();
	}

	/**
	 * The calls that arrived so far, open ones included; of very many, the newest
	 * 100,000.
	 * @return the calls in the order of their arrival
	 */
	public List<Call> calls() {
		return this.state.calls().calls();
	}

	/**
	 * The calls of one operation that arrived so far, open ones included.
	 * @param operation the operation, such as {@code BatchGetSecretValue}
	 * @return the calls in the order of their arrival
	 */
	public List<Call> calls(String operation) {
		return calls().stream().filter((call) -> call.operation().equals(operation)).toList();
	}

	/**
	 * Forgets the calls that arrived so far, and how many were open at once.
	 */
	public void clearCalls() {
		this.state.calls().clear();
	}

	/**
	 * The largest number of calls that were open at the same time.
	 * @return the number of calls
	 */
	public int maxConcurrentCalls() {
		return this.state.calls().maximumOpen();
	}

	/**
	 * Has a listener told of each {@linkplain SecretOperations#rotate rotation} in any
	 * Region, which waits for it, and of each {@linkplain #reset() reset} that is one. A
	 * Spring test with {@code @EmbeddedSecrets}, or with a
	 * {@code SecretsServerExtension}, does that by itself; for any other context, where
	 * the starter contributes such a bean:
	 *
	 * <pre class="code">
	 * server.addVersionListener(context.getBean(VersionListener.class));
	 * </pre>
	 * @param listener the listener; added once if it equals one that is there
	 */
	public void addVersionListener(VersionListener listener) {
		this.state.versionListeners().add(listener);
	}

	/**
	 * Has a listener told no more.
	 * @param listener the listener
	 */
	public void removeVersionListener(VersionListener listener) {
		this.state.versionListeners().remove(listener);
	}

	/**
	 * Makes the server as it was when it started: the secrets it was started with, their
	 * ARNs and version ids included, and no faults, gates, policy, access keys, calls,
	 * rotators or rotations. For each secret that another version was current of, this is
	 * a rotation back, which {@linkplain #addVersionListener listeners} are told of.
	 * @throws IllegalStateException if an application did not apply that
	 */
	public void reset() {
		this.state.release();
		rotations().reset();
		removePolicy();
		accessKeys().allowAll();
		List<Secret> before = this.state.secrets().region(region()).all();
		this.state.secrets().clear();
		this.state.secrets().region(region()).add(this.planted);
		for (Secret secret : this.planted) {
			String versionId = versionId(secret.arn());
			if (before.stream().noneMatch((other) -> other.isCurrent(secret.arn(), versionId))) {
				this.secrets.tell(secret, versionId);
			}
		}
		clearCalls();
	}

	/**
	 * Closes the port and all connections, and ends all threads. A closed server stays
	 * closed.
	 */
	@Override
	public void close() {
		this.transport.close();
		rotations().close();
		this.state.release();
	}

	@Override
	public String region() {
		return this.secrets.region();
	}

	@Override
	public String create(String name, String value) {
		return this.secrets.create(name, value);
	}

	@Override
	public String createBinary(String name, byte[] value) {
		return this.secrets.createBinary(name, value);
	}

	@Override
	public String put(String id, String value, String... stages) {
		return this.secrets.put(id, value, stages);
	}

	@Override
	public String putBinary(String id, byte[] value, String... stages) {
		return this.secrets.putBinary(id, value, stages);
	}

	@Override
	public String rotate(String id, String key, String value) {
		return this.secrets.rotate(id, key, value);
	}

	@Override
	public String startRotation(String id, String rotationArn) {
		return this.secrets.startRotation(id, rotationArn);
	}

	@Override
	public void moveStage(String id, String stage, String versionId) {
		this.secrets.moveStage(id, stage, versionId);
	}

	@Override
	public void delete(String id) {
		this.secrets.delete(id);
	}

	@Override
	public void delete(String id, int recoveryWindowInDays) {
		this.secrets.delete(id, recoveryWindowInDays);
	}

	@Override
	public void restore(String id) {
		this.secrets.restore(id);
	}

	@Override
	public List<String> names() {
		return this.secrets.names();
	}

	@Override
	public String arn(String id) {
		return this.secrets.arn(id);
	}

	@Override
	public String versionId(String id) {
		return this.secrets.versionId(id);
	}

	@Override
	public List<String> versionIds(String id) {
		return this.secrets.versionIds(id);
	}

	@Override
	public Map<String, String> stages(String id) {
		return this.secrets.stages(id);
	}

}
