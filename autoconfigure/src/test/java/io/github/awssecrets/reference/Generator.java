package io.github.awssecrets.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.github.awssecrets.reference.ReferenceText.Literal;
import io.github.awssecrets.reference.ReferenceText.Reference;
import io.github.awssecrets.reference.ReferenceText.Segment;
import org.jspecify.annotations.Nullable;

/**
 * A generator of references and of texts that come close to references.
 */
final class Generator {

	private static final String[] FRAGMENTS = { "\\", ">", ":", ".", "/", "#", "?", "&", "[", "]", "$", "{", "}", "<",
			"=", "~", "~0", "~1", "[0]", "[17]", "[01]", "${", "${a}", "${b:c>d}", "$<secret:", "$<", "secret:", "arn:",
			"arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf", "stage", "?stage=", "&version=",
			"?region=", "prod/db", "a", "key", "0", " ", "\u00e9", "\ud83d\ude00", "\ud800", "\u0000", "\n", "-" };

	private final RandomGenerator random;

	Generator(long seed) {
		this.random = new SplittableRandom(seed);
	}

	String hostileText(int maximumFragments) {
		StringBuilder result = new StringBuilder();
		int fragments = this.random.nextInt(maximumFragments + 1);
		for (int i = 0; i < fragments; i++) {
			result.append(pick(FRAGMENTS));
		}
		return result.toString();
	}

	/**
	 * Return a text that is a reference more often than not.
	 */
	String almostReference() {
		String text = hostileText(3) + "$<secret:" + pick("prod/db", "a", "${x}/y", "arn:aws:b:c:d:e:f", "my.team/db")
				+ pick(".", "#", "#/", "", "?stage=", ":") + hostileText(6) + pick(">", ">", ">", "") + hostileText(3);
		return maybe() ? text : mutate(text);
	}

	/**
	 * Return a text with a few characters changed, removed, added or repeated.
	 */
	String mutate(String text) {
		StringBuilder result = new StringBuilder(text);
		int changes = 1 + this.random.nextInt(3);
		for (int i = 0; i < changes && !result.isEmpty(); i++) {
			int position = this.random.nextInt(result.length());
			switch (this.random.nextInt(4)) {
				case 0 -> result.deleteCharAt(position);
				case 1 -> result.insert(position, pick(FRAGMENTS));
				case 2 -> result.setCharAt(position, pick(FRAGMENTS).charAt(0));
				default -> result.insert(position,
						result.substring(position, Math.min(result.length(), position + this.random.nextInt(12))));
			}
		}
		return result.toString();
	}

	List<Segment> segments() {
		List<Segment> segments = new ArrayList<>();
		int size = this.random.nextInt(6);
		for (int i = 0; i < size; i++) {
			String literal = hostileText(4);
			if (maybe() && !literal.isEmpty()) {
				segments.add(new Literal(literal));
			}
			segments.add(new Reference(reference(), 1));
		}
		return segments;
	}

	SecretReference reference() {
		Template id = id();
		boolean staged = maybe();
		return new SecretReference(id, key(), staged ? optional(this::notEmpty) : null,
				staged ? null : optional(this::notEmpty), id.isLiteral() ? null : optional(this::notEmpty),
				optional(() -> template(5)));
	}

	private Template id() {
		return maybe() ? notEmpty()
				: new Template(List.of(new Template.Text(pick("prod/db", "a.b", "my.team/a.b.c",
						"arn:aws:secretsmanager:eu-west-1:123456789012:secret:a.b/c.d-AbCdEf", "arn:a:b", "arn:", "arn",
						"rds!cluster-1")), maybe() ? placeholder() : new Template.Text("")));
	}

	private KeyTemplate key() {
		return switch (this.random.nextInt(4)) {
			case 0 -> new KeyTemplate.Whole();
			case 1 -> dotted();
			case 2 -> new KeyTemplate.Pointer(list(() -> template(2)));
			default -> new KeyTemplate.Exact(notEmpty());
		};
	}

	private KeyTemplate dotted() {
		List<KeyTemplate.Step> steps = list(
				() -> new KeyTemplate.Step(template(2), maybe() ? List.of() : list(() -> this.random.nextInt(100))));
		boolean empty = steps.size() == 1 && steps.get(0).isEmpty();
		return new KeyTemplate.Dotted(empty ? List.of(new KeyTemplate.Step(Template.literal("k"), List.of())) : steps);
	}

	private Template notEmpty() {
		Template template = template(3);
		return template.isEmpty() ? Template.literal("x") : template;
	}

	Template template(int maximumFragments) {
		List<Template.Part> parts = new ArrayList<>();
		int size = this.random.nextInt(3);
		for (int i = 0; i < size; i++) {
			parts.add(maybe() ? new Template.Text(hostileText(maximumFragments)) : placeholder());
		}
		return new Template(parts);
	}

	private Template.Part placeholder() {
		String text = "${" + hostileText(4) + "}";
		try {
			return new Template.Placeholder(text);
		}
		catch (IllegalArgumentException ex) {
			return new Template.Placeholder("${" + pick("a", "a:b>c", "a:${b}", "a.b/c", "a{}", "a#?&\\") + "}");
		}
	}

	private <T> @Nullable T optional(Supplier<T> supplier) {
		return maybe() ? supplier.get() : null;
	}

	private <T> List<T> list(Supplier<T> supplier) {
		List<T> result = new ArrayList<>();
		int size = 1 + this.random.nextInt(3);
		for (int i = 0; i < size; i++) {
			result.add(supplier.get());
		}
		return result;
	}

	private boolean maybe() {
		return this.random.nextBoolean();
	}

	private String pick(String... choices) {
		return choices[this.random.nextInt(choices.length)];
	}

}
