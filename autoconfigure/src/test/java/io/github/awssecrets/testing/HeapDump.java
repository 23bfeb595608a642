package io.github.awssecrets.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.sun.management.HotSpotDiagnosticMXBean;

/**
 * The objects of this JVM that are reachable, in a file. Texts are found as the JVM holds
 * them: a byte or two for each character.
 */
public final class HeapDump {

	private static final int CHUNK = 1 << 20;

	/* Longer than any text that is looked for */
	private static final int OVERLAP = 1 << 12;

	private final List<String> windows;

	private HeapDump(List<String> windows) {
		this.windows = windows;
	}

	/**
	 * Write what is reachable now, and read the parts of it that have canaries.
	 * @param file the file, which does not exist
	 * @return the dump
	 */
	public static HeapDump write(Path file) {
		try {
			ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
			return new HeapDump(read(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> read(Path file) throws IOException {
		List<String> windows = new ArrayList<>();
		try (InputStream stream = Files.newInputStream(file)) {
			String before = "";
			byte[] chunk = stream.readNBytes(CHUNK);
			while (chunk.length > 0) {
				String window = before + new String(chunk, StandardCharsets.ISO_8859_1);
				if (isIn(Canary.HEAD, window)) {
					windows.add(window);
				}
				before = window.substring(Math.max(0, window.length() - OVERLAP));
				chunk = stream.readNBytes(CHUNK);
			}
		}
		return windows;
	}

	/**
	 * Count the texts that are in the dump.
	 * @param texts the texts, which have canaries; best made after the dump, so that they
	 * are not in it
	 * @return how many of them were found
	 */
	public int count(List<String> texts) {
		Set<String> found = new LinkedHashSet<>();
		for (String text : texts) {
			if (!text.contains(Canary.HEAD) || text.length() > OVERLAP / 2) {
				throw new IllegalArgumentException("Only short texts with canaries are found");
			}
			if (this.windows.stream().anyMatch((window) -> isIn(text, window))) {
				found.add(text);
			}
		}
		return found.size();
	}

	private static boolean isIn(String text, String window) {
		return window.contains(text) || window.contains(bytes(text, true)) || window.contains(bytes(text, false));
	}

	private static String bytes(String text, boolean bigEndian) {
		return new String(text.getBytes(bigEndian ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE),
				StandardCharsets.ISO_8859_1);
	}

}
