package io.github.awssecrets.reference;

import java.util.ArrayList;
import java.util.List;

import io.github.awssecrets.reference.ReferenceText.Segment;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Property-based tests of parsing and printing.
 */
@ExtendWith(Seeds.class)
class ReferenceRoundTripTests {

	private static final int RUNS = 500;

	@ParameterizedTest(name = "-Dseed={0}")
	@MethodSource("io.github.awssecrets.reference.Seeds#seeds")
	void parseWhenPrintedReferenceYieldsSameReference(long seed) {
		Generator generator = new Generator(seed);
		for (int i = 0; i < RUNS; i++) {
			SecretReference reference = generator.reference();
			String printed = reference.toString();
			ReferenceText parsed = ReferenceText.parse(printed);
			assertThat(parsed.segments()).as(() -> Seeds.describe(seed, printed))
				.containsExactly(new ReferenceText.Reference(reference, 1));
		}
	}

	@ParameterizedTest(name = "-Dseed={0}")
	@MethodSource("io.github.awssecrets.reference.Seeds#seeds")
	void parseWhenPrintedSegmentsYieldsSameSegments(long seed) {
		Generator generator = new Generator(seed);
		for (int i = 0; i < RUNS; i++) {
			List<Segment> segments = generator.segments();
			String printed = ReferencePrinter.print(segments);
			assertThat(ReferenceText.parse(printed).segments()).as(() -> Seeds.describe(seed, printed))
				.isEqualTo(segments);
		}
	}

	@ParameterizedTest(name = "-Dseed={0}")
	@MethodSource("io.github.awssecrets.reference.Seeds#seeds")
	void parseWhenArbitraryTextRoundTripsOrThrowsSyntaxException(long seed) {
		Generator generator = new Generator(seed);
		int parsed = 0;
		for (int i = 0; i < RUNS; i++) {
			parsed += roundTrips(generator.almostReference(), seed) ? 1 : 0;
			roundTrips(generator.hostileText(12), seed);
		}
		assertThat(parsed).as("a fair share of the texts are valid").isBetween(RUNS / 10, RUNS * 9 / 10);
	}

	private static boolean roundTrips(String raw, long seed) {
		ReferenceText.nearMisses(raw);
		ReferenceText text;
		try {
			text = ReferenceText.parse(raw);
		}
		catch (ReferenceSyntaxException ex) {
			assertThat(ex.getColumn()).as(() -> Seeds.describe(seed, raw)).isBetween(1, raw.length() + 1);
			assertThat(ex).as(() -> Seeds.describe(seed, raw)).hasNoCause();
			return false;
		}
		String printed = text.toString();
		assertThat(ReferenceText.parse(printed)).as(() -> Seeds.describe(seed, raw)).isEqualTo(text);
		assertThat(ReferenceText.parse(printed).toString()).as(() -> Seeds.describe(seed, raw)).isEqualTo(printed);
		return !text.references().isEmpty();
	}

	@ParameterizedTest(name = "-Dseed={0}")
	@MethodSource("io.github.awssecrets.reference.Seeds#seeds")
	void resolveWhenPlaceholderYieldsSyntaxNeverParsesIt(long seed) {
		Generator generator = new Generator(seed);
		for (int i = 0; i < RUNS; i++) {
			Template id = Template.literal("a/b");
			SecretReference reference = new SecretReference(id, generator.reference().key(), null, null, null, null);
			List<String> asked = new ArrayList<>();
			KeySelector key = reference.resolve((placeholder) -> {
				asked.add(placeholder);
				return "." + generator.hostileText(3) + "/~1[0]";
			}).key();
			List<String> placeholders = templates(reference.key()).stream()
				.flatMap((template) -> template.placeholders().stream())
				.toList();
			assertThat(asked).as(() -> Seeds.describe(seed, reference)).isEqualTo(placeholders);
			assertThat(texts(key)).as(() -> Seeds.describe(seed, reference)).hasSameSizeAs(templates(reference.key()));
		}
	}

	@ParameterizedTest(name = "-Dseed={0}")
	@MethodSource("io.github.awssecrets.reference.Seeds#seeds")
	void resolveWhenPlaceholderYieldsTextTakesItAsItIs(long seed) {
		Generator generator = new Generator(seed);
		for (int i = 0; i < RUNS; i++) {
			Template template = generator.template(3);
			String yielded = generator.hostileText(3);
			StringBuilder expected = new StringBuilder();
			template.parts()
				.forEach((part) -> expected.append((part instanceof Template.Placeholder) ? yielded : part.text()));
			assertThat(template.resolve((placeholder) -> yielded)).as(() -> Seeds.describe(seed, template))
				.isEqualTo(expected.toString());
			KeySelector key = new KeyTemplate.Pointer(List.of(template)).resolve((placeholder) -> yielded);
			assertThat(texts(key)).as(() -> Seeds.describe(seed, template)).containsExactly(expected.toString());
		}
	}

	private static List<Template> templates(KeyTemplate key) {
		if (key instanceof KeyTemplate.Dotted dotted) {
			return dotted.steps().stream().map(KeyTemplate.Step::name).toList();
		}
		if (key instanceof KeyTemplate.Pointer pointer) {
			return pointer.tokens();
		}
		return (key instanceof KeyTemplate.Exact exact) ? List.of(exact.name()) : List.of();
	}

	private static List<String> texts(KeySelector key) {
		if (key instanceof KeySelector.Dotted dotted) {
			return dotted.steps().stream().map(KeySelector.Step::name).toList();
		}
		if (key instanceof KeySelector.Pointer pointer) {
			return pointer.tokens();
		}
		return (key instanceof KeySelector.Exact exact) ? List.of(exact.name()) : List.of();
	}

}
