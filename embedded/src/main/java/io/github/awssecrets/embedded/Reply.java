package io.github.awssecrets.embedded;

import tools.jackson.databind.node.ObjectNode;

/**
 * What goes back over the wire.
 *
 * @param status the HTTP status
 * @param contentType the type of the body
 * @param body the body
 * @param delivery how much of it arrives
 * @param outcome what the log of calls says
 */
record Reply(int status, String contentType, String body, Delivery delivery, String outcome) {

	private static final String JSON = "application/x-amz-json-1.1";

	private static final String UNAVAILABLE = "<html><head><title>503 Service Temporarily Unavailable</title></head>"
			+ "<body><center><h1>503 Service Temporarily Unavailable</h1></center></body></html>";

	static Reply ok(ObjectNode answer) {
		return new Reply(200, JSON, Json.write(answer), Delivery.COMPLETE, Call.OK);
	}

	static Reply error(ApiException error) {
		ObjectNode body = Json.object().put("__type", error.code()).put("Message", error.text());
		return new Reply(error.status(), JSON, Json.write(body), Delivery.COMPLETE, error.code());
	}

	static Reply unavailable() {
		return new Reply(503, "text/html", UNAVAILABLE, Delivery.COMPLETE, "ServiceUnavailable");
	}

	static Reply closed() {
		return new Reply(200, JSON, "", Delivery.NONE, "ConnectionClosed");
	}

	Reply truncated() {
		return new Reply(this.status, this.contentType, this.body, Delivery.HALF, "TruncatedBody");
	}

	Reply malformed() {
		String shortened = this.body.substring(0, Math.max(0, this.body.length() - 1));
		return new Reply(this.status, this.contentType, shortened, Delivery.COMPLETE, "MalformedBody");
	}

	static Reply empty() {
		return new Reply(200, JSON, "", Delivery.COMPLETE, "EmptyBody");
	}

	/**
	 * How much of a reply arrives.
	 */
	enum Delivery {

		COMPLETE, HALF, NONE

	}

}
