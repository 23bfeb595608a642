package io.github.awssecrets.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CanaryScanner}.
 */
class CanaryScannerTests {

	private static final int WINDOW = 64 * 1024;

	@ParameterizedTest
	@EnumSource
	void scanWhenLeakedFindsPlaceAndForm(Leak leak) {
		List<CanaryFinding> findings = CanaryScanner.scan("app.log", "first line\npassword: " + leak.text() + "\n");
		assertThat(findings).hasSize(1);
		CanaryFinding finding = findings.get(0);
		assertThat(finding.source()).isEqualTo("app.log");
		assertThat(finding.form()).isEqualTo(leak.form());
		assertThat(finding.offset()).isBetween(21L, 50L);
		assertThat(finding.context()).startsWith("password: ");
	}

	@ParameterizedTest
	@EnumSource
	void findingIsFreeOfTheValue(Leak leak) {
		String text = leak.text() + " " + leak.text() + "\n" + leak.text();
		String findings = CanaryScanner.scan("app.log", text).toString();
		assertThat(CanaryScanner.scan("findings", findings)).isEmpty();
	}

	@Test
	void scanWhenSeveralLinesLeakFindsEachOnce() {
		List<CanaryFinding> findings = CanaryScanner.scan("app.log", Leak.all());
		assertThat(findings).extracting(CanaryFinding::form)
			.containsExactly(List.of(Leak.values()).stream().map(Leak::form).toArray(CanaryForm[]::new));
	}

	@Test
	void scanWhenNothingLeakedFindsNothing() {
		String nearMisses = Canary.MARKER.replace('7', '8') + Canary.HEAD.substring(1) + Canary.TAIL.substring(0, 7)
				+ "%2F%22%2B &quot;&#34; \\\" \\u0022 Zq7 c4n ry";
		assertThat(CanaryScanner.scan("near misses", nearMisses)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0123456789abcdef", "ZzQq7c4nRrYy/\"+", "%&\\;#ux0123456789amp",
			"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=" })
	void scanWhenRandomTextFindsNothing(String alphabet) {
		long seed = 20261122;
		String text = new Random(seed).ints(500_000, 0, alphabet.length())
			.mapToObj((index) -> String.valueOf(alphabet.charAt(index)))
			.collect(Collectors.joining());
		assertThat(CanaryScanner.scan("random text of seed " + seed, text)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "PLAIN", "URL_EVERY_CHARACTER", "JSON_UNICODE", "BASE64_SHIFTED_BY_1", "BYTES" })
	void writeWhenLeakStraddlesWindowsFindsItOnce(Leak leak) throws IOException {
		byte[] text = leak.text().getBytes(StandardCharsets.US_ASCII);
		for (int offset : offsetsAroundWindowEnd(text.length)) {
			List<CanaryFinding> findings = new ArrayList<>();
			try (CanaryScanner scanner = new CanaryScanner("stream", findings::add)) {
				scanner.write(".".repeat(offset).getBytes(StandardCharsets.US_ASCII));
				scanner.write(text, 0, text.length / 2);
				scanner.write(text, text.length / 2, text.length - text.length / 2);
				scanner.write(".".repeat(WINDOW).getBytes(StandardCharsets.US_ASCII));
			}
			assertThat(findings).as("leak at %d", offset).hasSize(1);
			assertThat(findings.get(0).offset()).as("leak at %d", offset).isBetween((long) offset, offset + 4L);
		}
	}

	private static List<Integer> offsetsAroundWindowEnd(int length) {
		List<Integer> offsets = new ArrayList<>();
		for (int end : List.of(WINDOW, WINDOW - CanaryPatterns.MAX_LENGTH)) {
			for (int offset = end - length - 2; offset <= end + 2; offset += Math.max(1, length / 20)) {
				offsets.add(offset);
			}
		}
		return offsets;
	}

	@Test
	void writeWhenStreamIsLongHoldsSmallWindow() {
		List<CanaryFinding> findings = new ArrayList<>();
		CanaryScanner scanner = new CanaryScanner("stream", findings::add);
		byte[] block = new byte[8192];
		for (int blocks = 0; blocks < 1024; blocks++) {
			scanner.write(block);
			assertThat(scanner.windowLength()).isLessThan(WINDOW + block.length);
		}
		scanner.write(Leak.URL.text().getBytes(StandardCharsets.US_ASCII));
		scanner.close();
		assertThat(findings).extracting(CanaryFinding::offset).containsExactly(1024L * block.length);
	}

	@Test
	void scanWhenExceptionHasLeakingCauseAndSuppressedFindsBoth() {
		Exception exception = new IllegalStateException("harmless", new IOException(Leak.JSON.text()));
		exception.addSuppressed(new IllegalArgumentException(Leak.BASE64_ALIGNED.text()));
		exception.getCause().addSuppressed(exception);
		assertThat(CanaryScanner.scan("exception", exception)).extracting(CanaryFinding::form)
			.containsExactly(CanaryForm.JSON, CanaryForm.BASE64);
	}

	@Test
	void scanWhenExceptionShowsOtherLocalizedMessageFindsIt() {
		Exception exception = new Exception(Leak.PLAIN.text()) {

			@Override
			public String getLocalizedMessage() {
				return "hidden";
			}

		};
		assertThat(CanaryScanner.scan("exception", exception)).hasSize(1);
	}

}
