package io.github.awssecrets.embedded;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parameters of one request, checked against the constraints of the API model as they
 * are read.
 */
final class Parameters {

	static final String SECRET_ID = "SecretId";

	static final String SECRET_ID_LIST = "SecretIdList";

	static final String NAME = "Name";

	private static final int SECRET_ID_LENGTH = 2048;

	private final ObjectNode body;

	Parameters(ObjectNode body) {
		this.body = body;
	}

	// Refuses parameters that the operation here doesn't know, rather than ignore them.
	void refuseOthersThan(String operation, Set<String> known) {
		for (Map.Entry<String, JsonNode> member : this.body.properties()) {
			if (!known.contains(member.getKey()) && !member.getValue().isNull()) {
				throw ApiException
					.invalidParameter("The embedded Secrets Manager doesn't support the parameter %s of %s."
						.formatted(member.getKey(), operation));
			}
		}
	}

	// The ids that a request names, unchecked: for faults, policies and the log of calls.
	List<String> secretIds() {
		List<String> ids = new ArrayList<>();
		for (String member : List.of(SECRET_ID, NAME)) {
			if (this.body.path(member).isString()) {
				ids.add(this.body.path(member).stringValue());
			}
		}
		this.body.path(SECRET_ID_LIST).forEach((id) -> {
			if (id.isString()) {
				ids.add(id.stringValue());
			}
		});
		return ids;
	}

	String secretId() {
		String id = required(SECRET_ID, string(SECRET_ID, 1, SECRET_ID_LENGTH));
		SecretArn.validate(id);
		return id;
	}

	@Nullable List<String> secretIdList(int maximum) {
		List<String> ids = strings(SECRET_ID_LIST, maximum, SECRET_ID_LENGTH);
		if (ids != null) {
			ids.forEach(SecretArn::validate);
		}
		return ids;
	}

	String name() {
		String name = required(NAME, string(NAME, 1, 512));
		if (SecretArn.isArn(name)) {
			throw ApiException
				.validation("Invalid name. Must be a valid name containing alphanumeric characters, or any of the"
						+ " following: -/_+=.@!");
		}
		SecretArn.validate(name);
		return name;
	}

	// The id for a new version, which a client has to choose.
	String clientRequestToken() {
		String token = string("ClientRequestToken", 32, 64);
		if (token == null) {
			throw ApiException
				.invalidRequest("You must provide a ClientRequestToken value. We recommend a UUID-type value.");
		}
		return token;
	}

	// The value of a new version, either text or bytes.
	@Nullable SecretContent content() {
		JsonNode text = member(SecretContent.Type.STRING.member());
		JsonNode binary = member(SecretContent.Type.BINARY.member());
		if (text != null && binary != null) {
			throw ApiException.invalidParameter(
					"You can't specify both a binary secret value and a string secret value in the same" + " secret.");
		}
		if (text != null) {
			return SecretContent.ofString(asString(SecretContent.Type.STRING.member(), text));
		}
		return (binary != null) ? SecretContent.ofBinary(asBytes(binary)) : null;
	}

	private static byte[] asBytes(JsonNode node) {
		try {
			return Base64.getDecoder().decode(asString(SecretContent.Type.BINARY.member(), node));
		}
		catch (IllegalArgumentException ex) {
			throw ApiException.serialization("SecretBinary is not Base64.");
		}
	}

	@Nullable String string(String member, int minimum, int maximum) {
		JsonNode node = member(member);
		if (node == null) {
			return null;
		}
		String text = asString(member, node);
		checkLength(member, text, minimum, maximum);
		return text;
	}

	String requiredString(String member, int minimum, int maximum) {
		return required(member, string(member, minimum, maximum));
	}

	@Nullable String matching(String member, int minimum, int maximum, String pattern) {
		String text = string(member, minimum, maximum);
		if (text != null && !text.matches(pattern)) {
			throw violation(text, member, "Member must satisfy regular expression pattern: " + pattern);
		}
		return text;
	}

	// A list of one to maximum strings.
	@Nullable List<String> strings(String member, int maximum, int maximumLength) {
		JsonNode node = member(member);
		if (node == null) {
			return null;
		}
		List<String> texts = new ArrayList<>();
		for (JsonNode element : asArray(member, node)) {
			String text = asString(member, element);
			checkLength(member + "." + (texts.size() + 1) + ".member", text, 1, maximumLength);
			texts.add(text);
		}
		if (texts.isEmpty()) {
			throw violation(texts.toString(), member, "Member must have length greater than or equal to 1");
		}
		if (texts.size() > maximum) {
			throw violation(texts.toString(), member, "Member must have length less than or equal to " + maximum);
		}
		return texts;
	}

	@Nullable Long number(String member) {
		JsonNode node = member(member);
		if (node == null) {
			return null;
		}
		if (!node.isIntegralNumber()) {
			throw ApiException.serialization(member + " is not a whole number.");
		}
		return node.longValue();
	}

	int number(String member, int minimum, int maximum, int otherwise) {
		Long number = number(member);
		if (number == null) {
			return otherwise;
		}
		if (number < minimum) {
			throw violation(number.toString(), member, "Member must have value greater than or equal to " + minimum);
		}
		if (number > maximum) {
			throw violation(number.toString(), member, "Member must have value less than or equal to " + maximum);
		}
		return number.intValue();
	}

	boolean flag(String member) {
		return flag(member, false);
	}

	boolean flag(String member, boolean otherwise) {
		JsonNode node = member(member);
		if (node == null) {
			return otherwise;
		}
		if (!node.isBoolean()) {
			throw ApiException.serialization(member + " is neither true nor false.");
		}
		return node.booleanValue();
	}

	// The members of a structure; none if it is missing.
	Parameters structure(String member) {
		JsonNode node = member(member);
		if (node == null) {
			return new Parameters(Json.object());
		}
		if (!(node instanceof ObjectNode object)) {
			throw ApiException.serialization(member + " is not a structure.");
		}
		return new Parameters(object);
	}

	boolean has(String member) {
		return member(member) != null;
	}

	Map<String, String> tags() {
		Map<String, String> tags = new LinkedHashMap<>();
		for (Parameters tag : objects("Tags", 50)) {
			tags.put(tag.requiredString("Key", 1, 128), tag.requiredString("Value", 0, 256));
		}
		return tags;
	}

	List<SecretFilter> filters() {
		return objects("Filters", 10).stream().map(SecretFilter::of).toList();
	}

	private List<Parameters> objects(String member, int maximum) {
		JsonNode node = member(member);
		List<Parameters> objects = new ArrayList<>();
		if (node == null) {
			return objects;
		}
		for (JsonNode element : asArray(member, node)) {
			if (!(element instanceof ObjectNode object)) {
				throw ApiException.serialization(member + " has an element that is not an object.");
			}
			objects.add(new Parameters(object));
		}
		if (objects.size() > maximum) {
			throw violation(objects.size() + " elements", member,
					"Member must have length less than or equal to " + maximum);
		}
		return objects;
	}

	private @Nullable JsonNode member(String member) {
		JsonNode node = this.body.get(member);
		return (node == null || node.isNull()) ? null : node;
	}

	private static String asString(String member, JsonNode node) {
		if (!node.isString()) {
			throw ApiException.serialization(member + " is not a string.");
		}
		return node.stringValue();
	}

	private static JsonNode asArray(String member, JsonNode node) {
		if (!node.isArray()) {
			throw ApiException.serialization(member + " is not a list.");
		}
		return node;
	}

	private static void checkLength(String member, String text, int minimum, int maximum) {
		if (text.length() < minimum) {
			throw violation(text, member, "Member must have length greater than or equal to " + minimum);
		}
		if (text.length() > maximum) {
			throw violation(text, member, "Member must have length less than or equal to " + maximum);
		}
	}

	private static <T> T required(String member, @Nullable T value) {
		if (value == null) {
			throw ApiException.validation("1 validation error detected: Value null at '" + memberName(member)
					+ "' failed to satisfy constraint: Member must not be null");
		}
		return value;
	}

	static ApiException violation(String value, String member, String constraint) {
		return ApiException
			.validation("1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: %s"
				.formatted(value, memberName(member), constraint));
	}

	// In its errors the service writes members with a small first letter.
	private static String memberName(String member) {
		return Character.toLowerCase(member.charAt(0)) + member.substring(1);
	}

}
