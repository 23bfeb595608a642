package io.github.awssecrets.sample.web;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.awssecrets.embedded.rotation.RotationStep;
import io.github.awssecrets.sample.demo.DemoRotations;
import io.github.awssecrets.sample.load.Counts;
import io.github.awssecrets.sample.load.Query;
import io.github.awssecrets.sample.load.QueryLog;
import io.github.awssecrets.sample.payment.PaymentClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The texts of the page that change while one looks at it, each under the name of its
 * place: that is the element's attribute {@code data-live}.
 */
@Component
class LiveTexts {

	private final QueryLog queries;

	private final SecretVersions secrets;

	private final Rotations rotations;

	private final RotationProgress progress;

	private final PaymentClient payment;

	private final ServerCertificate certificate;

	private final ObjectProvider<DemoRotations> embedded;

	LiveTexts(QueryLog queries, SecretVersions secrets, Rotations rotations, RotationProgress progress,
			PaymentClient payment, ServerCertificate certificate, ObjectProvider<DemoRotations> embedded) {
		this.queries = queries;
		this.secrets = secrets;
		this.rotations = rotations;
		this.progress = progress;
		this.payment = payment;
		this.certificate = certificate;
		this.embedded = embedded;
	}

	/**
	 * Return the texts of this moment.
	 * @return the text by place
	 */
	Map<String, String> now() {
		Map<String, String> texts = new HashMap<>();
		putLoad(texts);
		this.secrets.inUse().forEach((secret) -> putSecret(texts, secret));
		this.progress.latest().stream().findFirst().ifPresent((latest) -> putSteps(texts, latest));
		putPayment(texts, this.payment.state());
		texts.put("certificate", this.certificate.describe());
		return texts;
	}

	private void putLoad(Map<String, String> texts) {
		Counts counts = this.queries.counts();
		texts.put("load.served", String.valueOf(counts.served()));
		texts.put("load.failed", String.valueOf(counts.failed()));
		texts.put("load.logins", String.valueOf(counts.logins()));
		Instant start = Instant.now().minusSeconds(60);
		List<Double> millis = this.queries.after(0)
			.stream()
			.filter((query) -> query.time().isAfter(start))
			.map(Query::millis)
			.sorted()
			.toList();
		if (!millis.isEmpty()) {
			texts.put("load.median", millis(millis.get(millis.size() / 2)));
			texts.put("load.longest", millis(millis.get(millis.size() - 1)));
		}
	}

	private static String millis(double millis) {
		return String.format(Locale.ROOT, (millis < 10) ? "%.1f ms" : "%.0f ms", millis);
	}

	private void putSecret(Map<String, String> texts, SecretVersion secret) {
		texts.put(secret.place("version"), secret.versionId());
		Duration age = Duration.between(this.rotations.inUseSince(secret.secretId()), Instant.now());
		texts.put(secret.place("age"), Texts.age(age));
		this.embedded.ifAvailable((server) -> texts.put(secret.place("stages"),
				server.stages(secret.secretId())
					.entrySet()
					.stream()
					.map((stage) -> stage.getKey() + " " + Texts.version(stage.getValue()))
					.collect(Collectors.joining(", "))));
	}

	private void putSteps(Map<String, String> texts, Progress latest) {
		latest.completed().forEach((step, time) -> texts.put("step." + step.label(), Texts.time(time)));
		texts.computeIfPresent("step." + RotationStep.CREATE_SECRET.label(),
				(place, time) -> time + ", version " + Texts.version(latest.versionId()));
		texts.put("step.gap", this.progress.gap(latest));
		if (latest.failure() != null) {
			texts.put("step.failure", "The rotation failed: " + latest.failure());
		}
		Instant finished = latest.at(RotationStep.FINISH_SECRET);
		if (finished != null && latest.applied() != null) {
			texts.put("step.applied", Texts.time(latest.applied()) + ", "
					+ Texts.seconds(Duration.between(finished, latest.applied())) + " later");
		}
	}

	private static void putPayment(Map<String, String> texts, PaymentClient.State payment) {
		texts.put("payment.properties", payment.propertiesKeyId());
		texts.put("payment.client", payment.keyId());
		texts.put("payment.built", Texts.time(payment.built()));
	}

}
