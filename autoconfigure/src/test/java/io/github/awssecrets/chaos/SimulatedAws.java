package io.github.awssecrets.chaos;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.retrieval.WireTransport;

/**
 * An AWS Secrets Manager on the level of the wire, with faults. Remembers what it did to
 * whom in the retrieval that is under way.
 */
final class SimulatedAws implements WireTransport {

	private static final Duration NEVER = Duration.ofDays(1);

	private static final long CREATED = 1_790_000_000L;

	private final Map<String, SimulatedSecret> secrets = new LinkedHashMap<>();

	private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);

	private final Map<String, Map<Fault, Integer>> secretFaults = new HashMap<>();

	private final Map<String, Set<Cause>> given = new HashMap<>();

	private final RandomGenerator random;

	private int calls;

	private int throttled;

	private int endlessPages;

	private long total;

	SimulatedAws(int count, RandomGenerator random) {
		this.random = random;
		for (int i = 0; i < count; i++) {
			SimulatedSecret secret = new SimulatedSecret("chaos/" + i);
			this.secrets.put(secret.name(), secret);
		}
	}

	SimulatedSecret secret(String name) {
		return this.secrets.get(name);
	}

	List<SimulatedSecret> secrets() {
		return List.copyOf(this.secrets.values());
	}

	/**
	 * Let a fault begin.
	 * @return what ends it
	 */
	Runnable begin(Fault fault, String name) {
		Map<Fault, Integer> active = (fault.scope() == Fault.Scope.SECRET)
				? this.secretFaults.computeIfAbsent(name, (key) -> new EnumMap<>(Fault.class)) : this.faults;
		active.merge(fault, 1, Integer::sum);
		return () -> active.computeIfPresent(fault, (key, count) -> (count > 1) ? count - 1 : null);
	}

	void beginRetrieval() {
		this.given.clear();
		this.calls = 0;
		this.throttled = 0;
		this.endlessPages = 0;
	}

	/**
	 * Return what went wrong for a secret in this retrieval.
	 */
	Set<Cause> given(String name) {
		return this.given.getOrDefault(name, Set.of());
	}

	boolean gaveNothingBad() {
		return this.given.isEmpty();
	}

	int calls() {
		return this.calls;
	}

	int throttled() {
		return this.throttled;
	}

	int endlessPages() {
		return this.endlessPages;
	}

	long total() {
		return this.total;
	}

	@Override
	public WireAnswer answer(WireCall call) throws IOException {
		this.calls++;
		this.total++;
		Duration latency = Duration.ofMillis(20 + this.random.nextInt(180) + (is(Fault.SLOW) ? 3_000 : 0));
		WireAnswer failed = failOfAll(call, latency);
		if (failed == null) {
			failed = failOfOne(call, latency);
		}
		if (failed != null) {
			return failed;
		}
		return switch (call.operation()) {
			case "BatchGetSecretValue" -> batch(call, latency);
			case "GetSecretValue" -> single(call, latency);
			default -> WireAnswer.json(200, "{\"DeletedDate\":%d}".formatted(CREATED), latency);
		};
	}

	private boolean is(Fault fault) {
		return this.faults.containsKey(fault);
	}

	private WireAnswer failOfAll(WireCall call, Duration latency) throws IOException {
		boolean batch = call.operation().startsWith("Batch");
		for (Fault fault : this.faults.keySet()) {
			switch (fault) {
				case THROTTLED -> {
					this.throttled++;
					return error(call, 400, "ThrottlingException", "Rate exceeded", latency, Cause.THROTTLED);
				}
				case SERVER_ERROR -> {
					return error(call, 500, "InternalServiceError", "", latency, Cause.SERVER_ERROR);
				}
				case HTML_503 -> {
					give(call, Cause.SERVER_ERROR);
					return new WireAnswer(503, "text/html", bytes("<html><body>Service Unavailable</body></html>"),
							latency);
				}
				case CREDENTIALS_EXPIRED -> {
					return error(call, 400, "ExpiredTokenException", "The security token is expired", latency,
							Cause.EXPIRED_CREDENTIALS);
				}
				case CLOCK_SKEW -> {
					return error(call, 400, "RequestTimeTooSkewed", "", latency, Cause.CLOCK_SKEW);
				}
				case BATCH_DENIED -> {
					if (batch) {
						return WireAnswer.json(400, denial("secretsmanager:BatchGetSecretValue"), latency);
					}
				}
				case REFUSED -> {
					give(call, Cause.UNREACHABLE);
					throw new ConnectException("Connection refused");
				}
				case RESET -> {
					give(call, Cause.CONNECTION_LOST);
					throw new SocketException("Connection reset");
				}
				case HANGING -> {
					give(call, Cause.TIMED_OUT);
					return WireAnswer.json(200, "{}", NEVER);
				}
				case TRUNCATED -> {
					give(call, Cause.MALFORMED_ANSWER);
					return WireAnswer.json(200, "{\"SecretValues\":[{\"ARN\":\"arn:aws", latency);
				}
				case EMPTY_BODY -> {
					give(call, Cause.NO_VALUE);
					return WireAnswer.json(200, "", latency);
				}
				case NOT_JSON -> {
					give(call, Cause.MALFORMED_ANSWER);
					return WireAnswer.json(200, "<html>captive portal</html>", latency);
				}
				case ENDLESS_PAGES -> {
					if (batch) {
						this.endlessPages++;
						return WireAnswer.json(200, "{\"SecretValues\":[],\"NextToken\":\"again\"}", latency);
					}
				}
				default -> {
				}
			}
		}
		return null;
	}

	private WireAnswer failOfOne(WireCall call, Duration latency) throws IOException {
		for (String id : call.ids()) {
			for (Fault fault : faults(id)) {
				switch (fault) {
					case SPOILS_BATCH -> {
						give(id, Cause.SERVER_ERROR);
						return WireAnswer.json(500, body("InternalServiceError", ""), latency);
					}
					case SECRET_HANGING -> {
						give(id, Cause.TIMED_OUT);
						return WireAnswer.json(200, "{}", NEVER);
					}
					case SECRET_RESET -> {
						give(id, Cause.CONNECTION_LOST);
						throw new SocketException("Connection reset");
					}
					default -> {
					}
				}
			}
		}
		return null;
	}

	private WireAnswer batch(WireCall call, Duration latency) {
		Set<String> entries = new LinkedHashSet<>();
		Set<String> errors = new LinkedHashSet<>();
		for (String id : call.ids()) {
			String[] error = error(id);
			Set<Fault> active = faults(id);
			if (error.length > 0) {
				errors.add("{\"SecretId\":%s,\"ErrorCode\":\"%s\",\"Message\":%s}".formatted(SecretTexts.quote(id),
						error[0], SecretTexts.quote(error[1])));
			}
			else if (!active.contains(Fault.OMITTED) && !active.contains(Fault.ANSWERED_WITH_ANOTHER)) {
				entries.add(entry(id, find(id).answer()));
			}
		}
		return WireAnswer.json(200, "{\"Errors\":[%s],\"SecretValues\":[%s]}".formatted(String.join(",", errors),
				String.join(",", entries)), latency);
	}

	private WireAnswer single(WireCall call, Duration latency) {
		String id = call.ids().get(0);
		String[] error = error(id);
		if (error.length > 0) {
			return WireAnswer.json(400, body(error[0], error[1]), latency);
		}
		if (faults(id).contains(Fault.OMITTED)) {
			give(id, Cause.NO_VALUE);
			return WireAnswer.json(200, "{}", latency);
		}
		SimulatedSecret secret = find(id);
		if (faults(id).contains(Fault.ANSWERED_WITH_ANOTHER)) {
			give(id, Cause.MALFORMED_ANSWER);
			return WireAnswer.json(200, entry(id, secret.current()).replace("chaos/", "other/"), latency);
		}
		return WireAnswer.json(200, entry(id, call.stage().isEmpty() ? secret.answer() : secret.previous()), latency);
	}

	private String entry(String id, SimulatedSecret.Version version) {
		SimulatedSecret secret = find(id);
		String value = ",\"SecretString\":" + SecretTexts.quote(version.text());
		if (faults(id).contains(Fault.NO_VALUE)) {
			give(id, Cause.NO_VALUE);
			value = "";
		}
		return "{\"ARN\":\"%s\",\"Name\":\"%s\",\"VersionId\":\"%s\",\"VersionStages\":[\"AWSCURRENT\"],\"CreatedDate\":%d%s}"
			.formatted(secret.arn(), secret.name(), version.id(), CREATED + version.number(), value);
	}

	/**
	 * Return the code and the message of what AWS says instead of a secret, if anything.
	 */
	private String[] error(String id) {
		for (Fault fault : faults(id)) {
			switch (fault) {
				case SECRET_DENIED -> {
					give(id, Cause.ACCESS_DENIED);
					return new String[] { "AccessDeniedException", denialText("secretsmanager:GetSecretValue") };
				}
				case KMS_DENIED -> {
					give(id, Cause.KMS_ACCESS_DENIED);
					return new String[] { "AccessDeniedException", "Access to KMS is not allowed" };
				}
				case NOT_DECRYPTED -> {
					give(id, Cause.DECRYPTION_FAILED);
					return new String[] { "DecryptionFailure", "The key is disabled" };
				}
				case NOT_FOUND -> {
					give(id, Cause.NOT_FOUND);
					return new String[] { "ResourceNotFoundException",
							"Secrets Manager can't find the specified secret." };
				}
				case DELETED -> {
					give(id, Cause.SCHEDULED_FOR_DELETION);
					return new String[] { "InvalidRequestException",
							"You can't perform this operation on the secret because it was marked for deletion." };
				}
				default -> {
				}
			}
		}
		return new String[0];
	}

	private SimulatedSecret find(String id) {
		return this.secrets.get(name(id));
	}

	private static String name(String id) {
		return id.startsWith("arn:") ? id.substring(id.indexOf("chaos/"), id.lastIndexOf('-')) : id;
	}

	private Set<Fault> faults(String id) {
		Map<Fault, Integer> active = this.secretFaults.getOrDefault(name(id), Map.of());
		return active.isEmpty() ? Set.of() : EnumSet.copyOf(active.keySet());
	}

	private WireAnswer error(WireCall call, int status, String code, String message, Duration latency, Cause cause) {
		give(call, cause);
		return WireAnswer.json(status, body(code, message), latency);
	}

	private void give(WireCall call, Cause cause) {
		call.ids().forEach((id) -> give(id, cause));
	}

	private void give(String id, Cause cause) {
		this.given.computeIfAbsent(name(id), (key) -> EnumSet.noneOf(Cause.class)).add(cause);
	}

	private static String denial(String action) {
		return body("AccessDeniedException", denialText(action));
	}

	private static String denialText(String action) {
		return "User: arn:aws:sts::123456789012:assumed-role/app/i-0 is not authorized to perform: " + action
				+ " on resource: chaos because no identity-based policy allows the action";
	}

	private static String body(String code, String message) {
		return "{\"__type\":\"%s\",\"message\":%s}".formatted(code, SecretTexts.quote(message));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
