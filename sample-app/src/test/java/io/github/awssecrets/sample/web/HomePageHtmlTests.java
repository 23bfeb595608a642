package io.github.awssecrets.sample.web;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import io.github.awssecrets.sample.orders.DatabaseSession;
import io.github.awssecrets.sample.orders.Order;
import io.github.awssecrets.sample.payment.PaymentClient;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HomePageHtml}.
 */
class HomePageHtmlTests {

	private static final SecretVersion SECRET = new SecretVersion("prod/db", "7179a0a0-1111-2222-3333-444455556666",
			List.of("spring.datasource.password", "spring.datasource.username"));

	private static final HomePage.Database DATABASE = new HomePage.Database(
			new DatabaseSession("orders_app", "18.6", 4711),
			List.of(new Order(4, "Cups & <saucers>", 12, LocalDate.of(2026, 11, 20))));

	private static final Instant TIME = Instant.parse("2026-11-22T14:02:31.5Z");

	private static final PaymentClient.State PAYMENT = new PaymentClient.State(TIME, "key-2", "key-3",
			Map.of("api-key", true));

	private static final Event EVENT = new Event(3, TIME, "dev/payment: a & <b>");

	private final HomePageHtml html;

	HomePageHtmlTests() throws IOException {
		this.html = new HomePageHtml(new ClassPathResource("home.html"));
	}

	@Test
	void renderWhenDatabaseAnswersShowsWhatItSaid() {
		String page = render(DATABASE, null);
		assertThat(page).contains("Logged in as <strong>orders_app</strong> at PostgreSQL 18.6")
			.contains("<tr><td>4</td><td>Cups &amp; &lt;saucers&gt;</td><td>12</td><td>2026-11-20</td></tr>")
			.doesNotContain("role=\"alert\"");
	}

	@Test
	void renderWhenDatabaseDoesNotAnswerSaysWhy() {
		String page = render(null, "The database <refused>.");
		assertThat(page).contains("role=\"alert\"><strong>The database &lt;refused&gt;.</strong>")
			.contains("tries again")
			.doesNotContain("Latest orders");
	}

	@Test
	void renderShowsEachSecretWithVersionAndProperties() {
		assertThat(render(DATABASE, null)).contains("<h3>prod/db</h3>")
			.contains("data-live=\"version.spring.datasource.password\">7179a0a0-1111</code>")
			.contains("<li><code>spring.datasource.password</code></li>"
					+ "<li><code>spring.datasource.username</code></li>");
	}

	@Test
	void renderFillsPlacesWithEscapedTextsAndLeavesOthersEmpty() {
		assertThat(render(DATABASE, null)).contains("data-live=\"payment.client\">key &lt;2&gt; $1</strong>")
			.contains("data-live=\"step.gap\"></b>");
	}

	@Test
	void renderShowsEvents() {
		assertThat(render(DATABASE, null)).contains("<li><time datetime=\"2026-11-22T14:02:31.500Z\">")
			.contains("</time> dev/payment: a &amp; &lt;b&gt;</li>");
	}

	@Test
	void renderWhenServersAreElsewhereHidesLoadAndButton() {
		HomePage page = new HomePage(DATABASE, null, List.of(SECRET), PAYMENT, List.of());
		assertThat(this.html.render(page, Map.of(), List.of(), false))
			.contains("<section aria-labelledby=\"queries\" hidden>")
			.contains("<section aria-labelledby=\"elsewhere\" >");
		assertThat(this.html.render(page, Map.of(), List.of(), true)).contains("<section aria-labelledby=\"queries\" >")
			.contains("<section aria-labelledby=\"elsewhere\" hidden>");
	}

	@Test
	void renderShowsWhetherSettingsHaveValues() {
		assertThat(render(DATABASE, null)).contains("<dt>api-key</dt><dd>has a value</dd>");
	}

	@Test
	void renderLeavesNoMarkerAndNeedsNothingFromElsewhere() {
		assertThat(render(DATABASE, null)).doesNotContain("{{")
			.contains("src=\"live.js\"")
			.doesNotContain("<script>")
			.doesNotContain("<style")
			.doesNotContain("style=")
			.doesNotContain("url(")
			.doesNotContain("//");
	}

	private String render(HomePage.Database database, String problem) {
		return this.html.render(new HomePage(database, problem, List.of(SECRET), PAYMENT, List.of()),
				Map.of("payment.client", "key <2> $1", "version.spring.datasource.password", "7179a0a0-1111"),
				List.of(EVENT), true);
	}

}
