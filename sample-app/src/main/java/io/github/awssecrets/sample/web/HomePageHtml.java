package io.github.awssecrets.sample.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.awssecrets.sample.orders.Order;
import io.github.awssecrets.sample.payment.PaymentClient;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/**
 * The home page as HTML: the frame is {@code home.html}, the parts that change are
 * written here, with all text escaped.
 */
@Component
class HomePageHtml {

	private final String frame;

	HomePageHtml(@Value("classpath:home.html") Resource frame) throws IOException {
		this.frame = frame.getContentAsString(StandardCharsets.UTF_8);
	}

	String render(HomePage page) {
		return this.frame.replace("{{database}}", database(page))
			.replace("{{secrets}}", secrets(page.secrets()))
			.replace("{{payment}}", payment(page.payment()))
			.replace("{{settings}}", settings(page.payment().settings()))
			.replace("{{rotations}}", rotations(page.rotations()));
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
				<p>Version <code>%s</code></p>
				<ul>%s</ul>
				</li>
				""".formatted(escape(secret.secretId()), escape(secret.versionId()),
				secret.properties()
					.stream()
					.map((property) -> "<li><code>" + escape(property) + "</code></li>")
					.collect(Collectors.joining()));
	}

	private String payment(PaymentClient.State payment) {
		return """
				<dt>Properties</dt><dd><strong>%s</strong>, in a bean of <code>@ConfigurationProperties</code></dd>
				<dt>Client</dt><dd><strong>%s</strong>, in a bean of <code>@RefreshScope</code> built at %s</dd>
				""".formatted(escape(payment.propertiesKeyId()), escape(payment.keyId()), time(payment.built()));
	}

	private String settings(Map<String, Boolean> settings) {
		return settings.entrySet()
			.stream()
			.map((setting) -> "<dt>%s</dt><dd>%s</dd>%n".formatted(escape(setting.getKey()),
					setting.getValue() ? "has a value" : "empty"))
			.collect(Collectors.joining());
	}

	private String rotations(List<Rotation> rotations) {
		if (rotations.isEmpty()) {
			return "<li>None yet.</li>\n";
		}
		return rotations.stream()
			.map((rotation) -> "<li>%s <strong>%s</strong> is at version <code>%s</code>: %s</li>%n".formatted(
					time(rotation.time()), escape(rotation.secretId()), escape(rotation.versionId()),
					rotation.properties()
						.stream()
						.map((property) -> "<code>" + escape(property) + "</code>")
						.collect(Collectors.joining(", "))))
			.collect(Collectors.joining());
	}

	private static String time(Instant time) {
		Instant seconds = time.truncatedTo(ChronoUnit.SECONDS);
		return "<time datetime=\"%s\">%s</time>".formatted(seconds,
				DateTimeFormatter.ISO_LOCAL_TIME.format(seconds.atZone(ZoneId.systemDefault())));
	}

	private static String escape(String text) {
		return HtmlUtils.htmlEscape(text, StandardCharsets.UTF_8.name());
	}

}
