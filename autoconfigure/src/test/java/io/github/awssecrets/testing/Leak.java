package io.github.awssecrets.testing;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Deliberate leaks, the negative controls of the canary tests: each way to write a value
 * that has to be found.
 */
enum Leak {

	PLAIN(CanaryForm.PLAIN, (value) -> value),

	UPPER_CASE(CanaryForm.PLAIN, (value) -> value.toUpperCase(Locale.ROOT)),

	CHARACTERS(CanaryForm.PLAIN, (value) -> Arrays.toString(value.toCharArray())),

	UTF_16(CanaryForm.PLAIN, (value) -> each(value, "%c\0")),

	CSV(CanaryForm.PLAIN, (value) -> value.replace("\"", "\"\"")),

	ONLY_HEAD(CanaryForm.PLAIN, (value) -> Canary.HEAD + "..."),

	ONLY_MARKER(CanaryForm.PLAIN, (value) -> Canary.MARKER),

	ONLY_TAIL(CanaryForm.PLAIN, (value) -> "..." + Canary.TAIL),

	URL(CanaryForm.URL, Leak::url),

	URL_LOWER_CASE(CanaryForm.URL, (value) -> url(value).replace("%2F", "%2f").replace("%2B", "%2b")),

	URL_PATH(CanaryForm.URL, (value) -> value.replace("\"", "%22")),

	URL_EVERY_CHARACTER(CanaryForm.URL, (value) -> each(value, "%%%02x")),

	URL_TWICE(CanaryForm.URL, (value) -> url(url(value))),

	URL_OF_JSON(CanaryForm.URL, (value) -> url(json(value))),

	JSON(CanaryForm.JSON, Leak::json),

	JSON_WITH_ESCAPED_SLASH(CanaryForm.JSON, (value) -> json(value).replace("/", "\\/")),

	JSON_UNICODE(CanaryForm.JSON, (value) -> each(value, "\\u%04x")),

	JSON_UNICODE_UPPER_CASE(CanaryForm.JSON, (value) -> each(value, "\\u%04X")),

	JSON_IN_JSON(CanaryForm.JSON, (value) -> json(json(value).replace("/", "\\u002f"))),

	HTML(CanaryForm.HTML, (value) -> value.replace("\"", "&quot;")),

	HTML_DECIMAL(CanaryForm.HTML, (value) -> each(value, "&#%d;")),

	HTML_HEX(CanaryForm.HTML, (value) -> each(value, "&#x%02X;")),

	XML_TWICE(CanaryForm.HTML, (value) -> value.replace("\"", "&amp;quot;")),

	XML_OF_JSON(CanaryForm.HTML, (value) -> json(value).replace("\"", "&#34;")),

	BASE64_ALIGNED(CanaryForm.BASE64, Leak::base64),

	BASE64_SHIFTED_BY_1(CanaryForm.BASE64, (value) -> base64("x" + value)),

	BASE64_SHIFTED_BY_2(CanaryForm.BASE64, (value) -> base64("xx" + value + "x")),

	BASE64_URL_ALIGNED(CanaryForm.BASE64, Leak::base64Url),

	BASE64_URL_SHIFTED_BY_1(CanaryForm.BASE64, (value) -> base64Url("y" + value)),

	BASE64_URL_SHIFTED_BY_2(CanaryForm.BASE64, (value) -> base64Url("yy" + value)),

	BASE64_WRAPPED(CanaryForm.BASE64, (value) -> base64(value).replaceFirst("(.{20})", "$1\r\n  ")),

	BASE64_IN_JSON(CanaryForm.BASE64, (value) -> base64(value).replace("/", "\\/").replace("+", "\\u002b")),

	BASE64_OF_JSON(CanaryForm.BASE64, (value) -> base64("{\"password\":\"" + json(value) + "\"}")),

	BASE64_ONLY_MARKER(CanaryForm.BASE64, (value) -> base64("user:" + Canary.MARKER + "1")),

	HEX(CanaryForm.HEX, (value) -> HexFormat.of().formatHex(bytes(value))),

	HEX_UPPER_CASE(CanaryForm.HEX, (value) -> HexFormat.of().withUpperCase().formatHex(bytes(value))),

	HEX_SEPARATED(CanaryForm.HEX, (value) -> HexFormat.ofDelimiter(":").formatHex(bytes(value))),

	HEX_ARRAY(CanaryForm.HEX, (value) -> HexFormat.ofDelimiter(", ").withPrefix("0x").formatHex(bytes(value))),

	BYTES(CanaryForm.BYTES, (value) -> Arrays.toString(bytes(value)));

	private final CanaryForm form;

	private final String text;

	Leak(CanaryForm form, UnaryOperator<String> writer) {
		this.form = form;
		this.text = writer.apply(Canary.value("leak/" + name(), 1));
	}

	/**
	 * Return the form in which the leak has to be found.
	 */
	CanaryForm form() {
		return this.form;
	}

	/**
	 * Return the leaked text, ASCII only.
	 */
	String text() {
		return this.text;
	}

	/**
	 * Return all leaks, each after its name on a line of its own.
	 */
	static String all() {
		return Stream.of(values()).map((leak) -> leak + " " + leak.text()).collect(Collectors.joining("\n"));
	}

	private static String url(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

	private static String json(String value) {
		return value.replace("\\", "\\\\").replace("\"", "\\\"");
	}

	private static String base64(String value) {
		return Base64.getEncoder().encodeToString(bytes(value));
	}

	private static String base64Url(String value) {
		return Base64.getUrlEncoder().encodeToString(bytes(value));
	}

	private static byte[] bytes(String value) {
		return value.getBytes(StandardCharsets.UTF_8);
	}

	private static String each(String value, String format) {
		return value.chars().mapToObj((c) -> format.formatted(c)).collect(Collectors.joining());
	}

}
