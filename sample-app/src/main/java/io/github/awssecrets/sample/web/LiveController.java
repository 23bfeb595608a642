package io.github.awssecrets.sample.web;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.awssecrets.embedded.rotation.RotationStep;
import io.github.awssecrets.sample.demo.DemoRotations;
import io.github.awssecrets.sample.load.QueryLog;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers {@code GET /live}, which the page asks for every second.
 */
@RestController
class LiveController {

	private final LiveTexts texts;

	private final QueryLog queries;

	private final RotationProgress progress;

	private final Rotations rotations;

	private final Events events;

	private final ApplicationContext context;

	LiveController(LiveTexts texts, QueryLog queries, RotationProgress progress, Rotations rotations, Events events,
			ApplicationContext context) {
		this.texts = texts;
		this.queries = queries;
		this.progress = progress;
		this.rotations = rotations;
		this.events = events;
		this.context = context;
	}

	@GetMapping("/live")
	ResponseEntity<Live> live(@RequestParam(defaultValue = "0") long after) {
		Instant now = Instant.now();
		List<Progress> latest = this.progress.latest();
		boolean rotating = !latest.isEmpty() && latest.get(0).isUnderWay();
		Live live = new Live(this.context.getStartupDate(), now, rotating, this.texts.now(), this.queries.after(after),
				marks(latest, now), this.events.latest());
		return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(live);
	}

	private List<Live.Mark> marks(List<Progress> latest, Instant now) {
		return Stream
			.concat(latest.stream().map((rotation) -> gap(rotation, now)).filter(Objects::nonNull),
					this.rotations.latest()
						.stream()
						.map((rotation) -> new Live.Mark(rotation.secretId(), rotation.time(), rotation.time(),
								rotation.secretId() + " in use")))
			.toList();
	}

	private Live.@Nullable Mark gap(Progress rotation, Instant now) {
		Instant from = rotation.at(RotationStep.SET_SECRET);
		if (from == null || rotation.failure() != null) {
			return null;
		}
		Instant to = Objects.requireNonNullElse(rotation.at(RotationStep.FINISH_SECRET), now);
		return new Live.Mark(DemoRotations.DATABASE, from, to, "AWSCURRENT refused");
	}

}
