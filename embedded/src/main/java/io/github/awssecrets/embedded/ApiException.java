package io.github.awssecrets.embedded;

/**
 * An error of the API: what a client receives as HTTP status, {@code __type} and message.
 * The texts are those that AWS sends, where its documents, its API model or recorded
 * answers show them.
 */
final class ApiException extends RuntimeException {

	static final String NOT_FOUND = "Secrets Manager can't find the specified secret.";

	static final String MARKED_FOR_DELETION = "You can't perform this operation on the secret because it was marked for deletion.";

	private static final long serialVersionUID = 1L;

	private final int status;

	private final String code;

	private final String text;

	ApiException(int status, String code, String text) {
		super(code + ": " + text, null, false, false);
		this.status = status;
		this.code = code;
		this.text = text;
	}

	private ApiException(String code, String text) {
		this(400, code, text);
	}

	int status() {
		return this.status;
	}

	String code() {
		return this.code;
	}

	// The message without the code.
	String text() {
		return this.text;
	}

	static ApiException notFound() {
		return new ApiException("ResourceNotFoundException", NOT_FOUND);
	}

	static ApiException noSuchStage(String stage) {
		return new ApiException("ResourceNotFoundException",
				"Secrets Manager can't find the specified secret value for staging label: " + stage);
	}

	static ApiException noSuchVersion(String versionId) {
		return new ApiException("ResourceNotFoundException",
				"Secrets Manager can't find the specified secret value for VersionId: " + versionId);
	}

	static ApiException markedForDeletion() {
		return invalidRequest(MARKED_FOR_DELETION);
	}

	static ApiException invalidRequest(String text) {
		return new ApiException("InvalidRequestException", text);
	}

	static ApiException invalidParameter(String text) {
		return new ApiException("InvalidParameterException", text);
	}

	static ApiException previousRotation() {
		return invalidRequest("A previous rotation isn't complete. That rotation will be reattempted.");
	}

	static ApiException noRotator() {
		return invalidRequest("No Lambda rotation function ARN is associated with this secret.");
	}

	static ApiException unknownRotator(String arn) {
		return accessDenied("Secrets Manager cannot invoke the specified Lambda function. Ensure that the function"
				+ " policy grants access to the principal secretsmanager.amazonaws.com. (The embedded Secrets Manager"
				+ " has no rotator registered under %s.)".formatted(arn));
	}

	static ApiException invalidNextToken() {
		return new ApiException("InvalidNextTokenException", "The NextToken value is invalid.");
	}

	static ApiException exists(String text) {
		return new ApiException("ResourceExistsException", text);
	}

	static ApiException validation(String text) {
		return new ApiException("ValidationException", text);
	}

	static ApiException serialization(String text) {
		return new ApiException("SerializationException", text);
	}

	static ApiException accessDenied(String text) {
		return new ApiException("AccessDeniedException", text);
	}

	static ApiException decryptionFailure() {
		return new ApiException("DecryptionFailure",
				"Secrets Manager can't decrypt the protected secret text using the provided KMS key.");
	}

	static ApiException throttling() {
		return new ApiException("ThrottlingException", "Rate exceeded");
	}

	static ApiException internal() {
		return new ApiException(500, "InternalServiceError", "An error occurred on the server side.");
	}

	static ApiException unknownOperation(String text) {
		return new ApiException("UnknownOperationException", text);
	}

	static ApiException authentication(String code, String text) {
		return new ApiException(code, text);
	}

}
