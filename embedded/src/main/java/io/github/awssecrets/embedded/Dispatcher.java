package io.github.awssecrets.embedded;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes one request from its headers and body to its reply: who calls, what goes wrong,
 * what the caller may do, and then the operation itself. Called by many threads at once.
 */
final class Dispatcher {

	private static final String TARGET_PREFIX = "secretsmanager.";

	private final ServerState state;

	Dispatcher(ServerState state) {
		this.state = state;
	}

	/**
	 * Answers a request.
	 * @param target the {@code X-Amz-Target} header
	 * @param authorization the {@code Authorization} header
	 * @param body the body
	 * @return the reply
	 * @throws InterruptedException if the server was closed while the call was held back
	 */
	Reply dispatch(@Nullable String target, @Nullable String authorization, byte[] body) throws InterruptedException {
		Request request = Request.read(target, authorization, body);
		CallLog.Entry entry = this.state.calls().open(request.operation(), request.region(), request.secretIds());
		String outcome = "Interrupted";
		try {
			Reply reply = answer(request);
			outcome = reply.outcome();
			return reply;
		}
		finally {
			entry.close(outcome);
		}
	}

	private Reply answer(Request request) throws InterruptedException {
		try {
			request.requireValid();
			this.state.accessKeys().check(request.accessKey());
			this.state.gates().pass(request.operation());
			ApiCall call = this.state.call(request.operation(), request.region(), request.parameters());
			return suffer(call);
		}
		catch (ApiException ex) {
			return Reply.error(ex);
		}
	}

	private Reply suffer(ApiCall call) throws InterruptedException {
		for (ActiveFault fault : call.faults().hitCall(call.operation(), call::names)) {
			if (fault.fault().effect() instanceof FaultEffect.Delay delay) {
				fault.awaitRemoval(delay.duration());
			}
			else if (fault.fault().effect() instanceof FaultEffect.Hang) {
				fault.awaitRemoval();
			}
			else if (fault.fault().effect() instanceof FaultEffect.Failure failure) {
				throw failure.error().error(call.operation(), firstId(call));
			}
			else if (fault.fault().effect() instanceof FaultEffect.Transport transport) {
				return spoil(transport, call);
			}
		}
		return perform(call);
	}

	private static @Nullable String firstId(ApiCall call) {
		List<String> ids = call.parameters().secretIds();
		return (ids.isEmpty() || call.operation().equals(Operations.BATCH)) ? null : ids.get(0);
	}

	private static Reply spoil(FaultEffect.Transport transport, ApiCall call) {
		return switch (transport) {
			case CLOSED -> Reply.closed();
			case UNAVAILABLE -> Reply.unavailable();
			case TRUNCATED -> tolerantly(call).truncated();
			case MALFORMED -> tolerantly(call).malformed();
			case EMPTY -> {
				tolerantly(call);
				yield Reply.empty();
			}
		};
	}

	private static Reply tolerantly(ApiCall call) {
		try {
			return perform(call);
		}
		catch (ApiException ex) {
			return Reply.error(ex);
		}
	}

	private static Reply perform(ApiCall call) {
		Operation operation = Operations.get(call.operation());
		List<String> ids = call.parameters().secretIds();
		call.access().check(call.operation(), call.secrets(), call.region(), ids.isEmpty() ? null : ids.get(0));
		call.parameters().refuseOthersThan(call.operation(), operation.parameters());
		ObjectNode answer = operation.execute(call);
		return Reply.ok(answer);
	}

	/**
	 * What could be read of a request; and what is wrong with the rest.
	 */
	private record Request(String operation, String region, String accessKey, Parameters parameters,
			@Nullable ApiException error) {

		static Request read(@Nullable String target, @Nullable String header, byte[] body) {
			String operation = (target != null && target.startsWith(TARGET_PREFIX))
					? target.substring(TARGET_PREFIX.length()) : "";
			Authorization authorization = new Authorization("", "");
			ObjectNode parameters = Json.object();
			ApiException error = null;
			try {
				authorization = Authorization.of(header);
				parameters = Json.readRequest(body);
			}
			catch (ApiException ex) {
				error = ex;
			}
			return new Request(operation, authorization.region(), authorization.accessKey(), new Parameters(parameters),
					error);
		}

		List<String> secretIds() {
			return this.parameters.secretIds();
		}

		void requireValid() {
			if (this.error != null) {
				throw this.error;
			}
			if (this.operation.isEmpty()) {
				throw ApiException.unknownOperation("The X-Amz-Target header does not begin with " + TARGET_PREFIX);
			}
		}

	}

}
