package io.github.awssecrets.sample.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.awssecrets.sample.orders.Order;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/**
 * The home page as HTML: the frame is {@code home.html}, the parts that change are
 * written here, with all text escaped. What changes while one looks at it is written into
 * the elements that have a {@code data-live}, here at first, then by {@code live.js}.
 */
@Component
class HomePageHtml {

	private static final Pattern LIVE = Pattern.compile("data-live=\"([^\"]+)\">");

	private final String frame;

	HomePageHtml(@Value("classpath:home.html") Resource frame) throws IOException {
		this.frame = frame.getContentAsString(StandardCharsets.UTF_8);
	}

	/**
	 * Write the page.
	 * @param page what the application reads
	 * @param texts what changes, by place
	 * @param events what happened last
	 * @param embedded whether the sample brings its own servers, and so can rotate
	 * @return a complete document
	 */
	String render(HomePage page, Map<String, String> texts, List<Event> events, boolean embedded) {
		String html = this.frame.replace("{{database}}", database(page))
			.replace("{{secrets}}", secrets(page.secrets()))
			.replace("{{settings}}", settings(page.payment().settings()))
			.replace("{{events}}", events(events))
			.replace("{{embedded}}", embedded ? "" : "hidden")
			.replace("{{elsewhere}}", embedded ? "hidden" : "");
		return LIVE.matcher(html)
			.replaceAll((place) -> Matcher.quoteReplacement(place.group() + text(texts, place.group(1))));
	}

	private String text(Map<String, String> texts, String escapedPlace) {
		return escape(texts.getOrDefault(HtmlUtils.htmlUnescape(escapedPlace), ""));
	}

	private String database(HomePage page) {
		HomePage.Database database = page.database();
		if (database == null) {
			return """
					<p class="problem" role="alert"><strong>%s</strong></p>
					<p>The application keeps running and tries again with each request.</p>
					""".formatted(escape(String.valueOf(page.problem())));
		}
		return """
				<p>Logged in as <strong>%s</strong> at PostgreSQL %s.</p>
				<table>
				<caption>Latest orders</caption>
				<thead><tr><th scope="col">Number</th><th scope="col">Item</th><th scope="col">Quantity</th>\
				<th scope="col">Date</th></tr></thead>
				<tbody>
				%s</tbody>
				</table>
				""".formatted(escape(database.session().user()), escape(database.session().version()),
				orders(database.orders()));
	}

	private String orders(List<Order> orders) {
		return orders.stream()
			.map((order) -> "<tr><td>%d</td><td>%s</td><td>%d</td><td>%s</td></tr>%n".formatted(order.id(),
					escape(order.item()), order.quantity(), order.orderedOn()))
			.collect(Collectors.joining());
	}

	private String secrets(List<SecretVersion> secrets) {
		return secrets.stream().map(this::secret).collect(Collectors.joining());
	}

	private String secret(SecretVersion secret) {
		return """
				<li>
				<h3>%s</h3>
				<p><code class="flash" data-live="%s"></code><br>in use for <span data-live="%s"></span></p>
				<p class="stages" data-live="%s"></p>
				<ul>%s</ul>
				</li>
				""".formatted(escape(secret.secretId()), escape(secret.place("version")), escape(secret.place("age")),
				escape(secret.place("stages")),
				secret.properties()
					.stream()
					.map((property) -> "<li><code>" + escape(property) + "</code></li>")
					.collect(Collectors.joining()));
	}

	private String settings(Map<String, Boolean> settings) {
		return settings.entrySet()
			.stream()
			.map((setting) -> "<dt>%s</dt><dd>%s</dd>%n".formatted(escape(setting.getKey()),
					setting.getValue() ? "has a value" : "empty"))
			.collect(Collectors.joining());
	}

	private String events(List<Event> events) {
		return events.stream()
			.map((event) -> "<li><time datetime=\"%s\">%s</time> %s</li>%n".formatted(event.time(),
					Texts.time(event.time()), escape(event.text())))
			.collect(Collectors.joining());
	}

	private static String escape(String text) {
		return HtmlUtils.htmlEscape(text, StandardCharsets.UTF_8.name());
	}

}
