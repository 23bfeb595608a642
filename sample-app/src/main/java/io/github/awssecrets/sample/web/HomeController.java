package io.github.awssecrets.sample.web;

import java.nio.charset.StandardCharsets;

import io.github.awssecrets.sample.demo.DemoRotations;
import io.github.awssecrets.sample.orders.DatabaseProblem;
import io.github.awssecrets.sample.orders.OrderRepository;
import io.github.awssecrets.sample.payment.PaymentClient;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers {@code GET /}: with 200, or with 503 where the database does not answer.
 */
@RestController
class HomeController {

	private static final Log logger = LogFactory.getLog(HomeController.class);

	private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

	/** The page has nothing from elsewhere. */
	private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	private final OrderRepository orders;

	private final PaymentClient payment;

	private final SecretVersions secrets;

	private final Rotations rotations;

	private final Events events;

	private final LiveTexts texts;

	private final HomePageHtml html;

	private final boolean embedded;

	HomeController(OrderRepository orders, PaymentClient payment, SecretVersions secrets, Rotations rotations,
			Events events, LiveTexts texts, HomePageHtml html, ObjectProvider<DemoRotations> embedded) {
		this.orders = orders;
		this.payment = payment;
		this.secrets = secrets;
		this.rotations = rotations;
		this.events = events;
		this.texts = texts;
		this.html = html;
		this.embedded = embedded.getIfAvailable() != null;
	}

	@GetMapping("/")
	ResponseEntity<String> page() {
		HomePage page = read();
		return respond(page).contentType(HTML)
			.header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
			.body(this.html.render(page, this.texts.now(), this.events.latest(), this.embedded));
	}

	@GetMapping(path = "/", produces = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<HomePage> json() {
		HomePage page = read();
		return respond(page).body(page);
	}

	private ResponseEntity.BodyBuilder respond(HomePage page) {
		HttpStatus status = (page.database() != null) ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE;
		return ResponseEntity.status(status).cacheControl(CacheControl.noStore()).varyBy("Accept");
	}

	private HomePage read() {
		try {
			return read(new HomePage.Database(this.orders.session(), this.orders.findLatest()), null);
		}
		catch (DataAccessException ex) {
			String problem = DatabaseProblem.describe(ex);
			logger.warn(problem);
			return read(null, problem);
		}
	}

	private HomePage read(HomePage.@Nullable Database database, @Nullable String problem) {
		return new HomePage(database, problem, this.secrets.inUse(), this.payment.state(), this.rotations.latest());
	}

}
